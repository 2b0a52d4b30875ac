// What the sinks cost: the time of one model call and of one tool call, and one scrape of a busy process.
// npm run bench:sinks
import { CALLS, ROUNDS, timeCalls } from './call-times.ts';
import { measureInterruptions } from './interruptions.ts';
import { LISTENERS } from './listeners.ts';
import { emitModelCall, emitToolCall } from './model-call-events.ts';
import { BUSY_PROCESS, timeScrapes } from './scrape-time.ts';

const OBSERVED_MS = 2_000;

const { perSecond, microseconds } = measureInterruptions(OBSERVED_MS);
console.log(
  `This machine stops a process ${perSecond.toFixed(0)} times a second for more than 30 microseconds ` +
    `(median ${microseconds.toFixed(0)}): of calls that take 20, ${(perSecond * 20e-4).toFixed(1)} % are hit.`,
);

for (const [what, emit] of [
  ['model call with 12 tool results', emitModelCall],
  ['tool call', emitToolCall],
] as const) {
  console.log(`One ${what}, ${CALLS} of them in each of ${ROUNDS} rounds, in microseconds:`);
  for (const [name, create] of Object.entries(LISTENERS)) {
    const times = await timeCalls(create, emit);
    const columns = [times.median, times.repeated99, times.clocked99, times.garbage];
    const [median, repeated, clocked, garbage] = columns.map((value) => value.toFixed(1).padStart(5));
    console.log(
      `  ${name.padEnd(16)} median ${median}   p99 without interruptions ${repeated}   p99 as clocked ${clocked}   ` +
        `garbage collection ${garbage}`,
    );
  }
}

const { lines, medianMs, longestMs } = await timeScrapes();
console.log(
  `One scrape of ${BUSY_PROCESS}, ${lines} lines, in milliseconds: median ${medianMs.toFixed(0)}, ` +
    `longest ${longestMs.toFixed(0)}`,
);
