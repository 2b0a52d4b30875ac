import { PerformanceObserver } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { EventBus } from '../../src/events/bus.ts';
import type { Sink } from '../../src/events/sink.ts';
import { decisionsOn, type Caller } from './model-call-events.ts';
import { percentile } from './percentile.ts';

const WARM_UP = 20_000;
export const CALLS = 40_000;
export const ROUNDS = 5;
/** Calls between two scrapes, which take place outside of what is timed. */
const CALLS_PER_SCRAPE = 1_000;
const TOOLS = 20;

const tools = Array.from({ length: TOOLS }, (_, index) => `tool-${index}`);
const decisions = tools.map((tool, index) =>
  decisionsOn([tool, tools[(index + 1) % TOOLS] ?? tool, tools[(index + 2) % TOOLS] ?? tool]),
);

/** Of one call, in microseconds. */
export interface CallTimes {
  readonly median: number;
  /** As the clock has it, with what else the machine did in that time. */
  readonly clocked99: number;
  /**
   * Over calls, each of which was made once in every round with the same events before it: the 99th percentile of their
   * middle times. What the machine does besides seldom hits a call twice, nor does a garbage collection: see `garbage`.
   */
  readonly repeated99: number;
  /** Collecting garbage, which `repeated99` leaves out, shared out over all calls. */
  readonly garbage: number;
}

/** Times the same calls in several rounds, in each with new sinks. */
export async function timeCalls(
  create: () => readonly Sink[],
  emit: (events: EventBus, call: Caller) => void,
): Promise<CallTimes> {
  const rounds: Float64Array[] = [];
  let garbageMs = 0;
  const collections = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) garbageMs += duration;
  });
  collections.observe({ entryTypes: ['gc'] });
  for (let round = 0; round < ROUNDS; round++) rounds.push(await timeRound(create(), emit));
  // The observer is told in a turn of its own.
  await setTimeout(10);
  collections.disconnect();

  const all = rounds.flatMap((times) => [...times]);
  const middle = Array.from({ length: CALLS }, (_, index) =>
    percentile(
      rounds.map((times) => times[index] ?? Number.NaN),
      0.5,
    ),
  );
  return {
    median: percentile(all, 0.5),
    clocked99: percentile(all, 0.99),
    repeated99: percentile(middle, 0.99),
    garbage: (garbageMs * 1_000) / (ROUNDS * (WARM_UP + CALLS)),
  };
}

async function timeRound(
  sinks: readonly Sink[],
  emit: (events: EventBus, call: Caller) => void,
): Promise<Float64Array> {
  const events = new EventBus();
  for (const sink of sinks) sink.attach(events);
  const scraped = sinks.filter((sink): sink is Sink & { metrics(): Promise<string> } => 'metrics' in sink);
  const times = new Float64Array(CALLS);
  for (let index = 0; index < WARM_UP + CALLS; index++) {
    const call = callOf(index);
    const startMs = performance.now();
    emit(events, call);
    const microseconds = (performance.now() - startMs) * 1_000;
    if (index >= WARM_UP) times[index - WARM_UP] = microseconds;
    if (index % CALLS_PER_SCRAPE === 0) for (const sink of scraped) await sink.metrics();
  }
  for (const sink of sinks) await sink.close?.();
  return times;
}

function callOf(index: number): Caller {
  return {
    runId: `run_${Math.floor(index / 10)}`,
    callId: `call_${index}`,
    agent: `agent-${index % 3}`,
    model: `model-${index % 2}`,
    tool: tools[index % TOOLS] ?? '',
    decisions: decisions[index % TOOLS] ?? [],
  };
}
