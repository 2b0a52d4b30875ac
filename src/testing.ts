export { restore } from './compression/restore.ts';
export { fixedClock, type FixedClock } from './testing/fixed-clock.ts';
export { assertPaired, recordEvents } from './testing/record-events.ts';
export { scriptedModel, type ScriptedCall, type ScriptedModel, type ScriptedStep } from './testing/scripted-model.ts';
