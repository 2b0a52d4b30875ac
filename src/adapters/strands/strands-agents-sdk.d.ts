// Where the package is not installed, which is where this one is built. What is used of it says strands-shapes.ts.
declare module '@strands-agents/sdk';
declare module '@strands-agents/sdk/multiagent';
