export { assertPaired, recordEvents } from './testing/record-events.ts';
export { fixedClock, type FixedClock } from './testing/fixed-clock.ts';
