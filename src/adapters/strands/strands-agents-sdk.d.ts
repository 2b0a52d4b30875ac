// Stands for the package where it is not installed, which is where this one is built.
declare module '@strands-agents/sdk' {
  const sdk: import('./strands-shapes.ts').StrandsSdk;
  export = sdk;
}

declare module '@strands-agents/sdk/multiagent' {
  const multiAgent: import('./strands-shapes.ts').StrandsMultiAgent;
  export = multiAgent;
}
