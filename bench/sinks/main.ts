// What the sinks cost: CPU time of one model call, and one scrape of a busy process.
// npm run bench:sinks
import { EventBus } from '../../src/events/bus.ts';
import type { Sink } from '../../src/events/sink.ts';
import { createPrometheusSink } from '../../src/sinks/prometheus/index.ts';
import { LISTENERS } from './listeners.ts';
import { emitModelCall, emitToolCall, type Caller } from './model-call-events.ts';

const AGENTS = 100;
const TOOLS = 20;
const MODELS = 5;
const WARM_UP = 20_000;
const CALLS = 40_000;
const ROUNDS = 15;

const tools = Array.from({ length: TOOLS }, (_, index) => `tool-${index}`);

function callOf(index: number): Caller {
  const first = index % TOOLS;
  return {
    runId: `run_${Math.floor(index / 10)}`,
    callId: `call_${index}`,
    agent: `agent-${index % 3}`,
    model: `model-${index % 2}`,
    tools: [tools[first] ?? '', tools[(first + 1) % TOOLS] ?? '', tools[(first + 2) % TOOLS] ?? ''],
  };
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Of all threads of this process, in microseconds: what others do on the machine adds little to it. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

for (const [what, emit] of [
  ['model call with 12 tool results', emitModelCall],
  ['tool call', emitToolCall],
] as const) {
  console.log(`One ${what}, ${CALLS} times, in microseconds:`);
  for (const [name, create] of Object.entries(LISTENERS)) measure(name, create, emit);
}

function measure(name: string, create: () => readonly Sink[], emit: typeof emitModelCall): void {
  const events = new EventBus();
  for (const sink of create()) sink.attach(events);
  const times: number[] = [];
  let startTime = 0;
  for (let index = 0; index < WARM_UP + CALLS; index++) {
    if (index === WARM_UP) startTime = processorTime();
    const call = callOf(index);
    const startMs = performance.now();
    emit(events, call);
    const microseconds = (performance.now() - startMs) * 1_000;
    if (index >= WARM_UP) times.push(microseconds);
  }
  const mean = (processorTime() - startTime) / CALLS;
  times.sort((one, other) => one - other);
  const [median, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  const [spent, usual, rare] = [mean, median, p99].map((value) => value.toFixed(1).padStart(6));
  console.log(`  ${name.padEnd(16)} processor time ${spent}   elapsed: median ${usual}   p99 ${rare}`);
}

const events = new EventBus();
const sink = createPrometheusSink({ maxLabelValues: 200 });
sink.attach(events);
for (let agent = 0; agent < AGENTS; agent++) {
  for (let model = 0; model < MODELS; model++) {
    for (const tool of tools) {
      const runId = `run_${agent}_${model}_${tool}`;
      const names = { runId, agent: `agent-${agent}`, model: `model-${model}` };
      const call = { ...names, callId: runId, tools: [tool] };
      emitModelCall(events, call);
      emitToolCall(events, call);
      const counts = { stepCount: 1, modelCallCount: 1, toolCallCount: 1 };
      const savings = { tokensBefore: 0, tokensAfter: 0, tokensSaved: 0 };
      const outcome = { outcome: 'ok', endedBy: 'host' } as const;
      events.emit('run.end', () => ({ ...names, ...outcome, ...counts, usage: undefined, savings, durationMs: 9_000 }));
    }
  }
}

for (const [name, scrape] of [
  ['sink.metrics()', () => sink.metrics()],
  ['registry.metrics()', () => sink.registry.metrics()],
] as const) {
  const times: number[] = [];
  let text = '';
  const startTime = processorTime();
  for (let round = 0; round < ROUNDS; round++) {
    const startMs = performance.now();
    text = await scrape();
    times.push(performance.now() - startMs);
  }
  const lines = text.split('\n').length;
  const [first = 0] = times;
  const median = percentile(
    times.toSorted((one, other) => one - other),
    0.5,
  );
  console.log(
    `${name}: ${AGENTS} agents, ${TOOLS} tools, ${MODELS} models: ${lines} lines, ` +
      `processor time ${((processorTime() - startTime) / ROUNDS / 1_000).toFixed(0)} ms, ` +
      `elapsed: first ${first.toFixed(0)} ms, median ${median.toFixed(0)} ms`,
  );
}
