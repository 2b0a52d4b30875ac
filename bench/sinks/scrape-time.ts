import { EventBus } from '../../src/events/bus.ts';
import { createPrometheusSink, type PrometheusSink } from '../../src/sinks/prometheus/index.ts';
import { decisionsOn, emitModelCall, emitToolCall } from './model-call-events.ts';
import { percentile } from './percentile.ts';

const AGENTS = 100;
const TOOLS = 20;
const MODELS = 5;
const SCRAPES = 15;

export const BUSY_PROCESS = `${AGENTS} agents, ${TOOLS} tools, ${MODELS} models`;

export interface ScrapeTimes {
  readonly lines: number;
  readonly firstMs: number;
  readonly medianMs: number;
}

/** Times scrapes of a process in which every agent used every tool with every model. */
export async function timeScrapes(): Promise<ScrapeTimes> {
  const sink = busySink();
  const times: number[] = [];
  let text = '';
  for (let scrape = 0; scrape < SCRAPES; scrape++) {
    const startMs = performance.now();
    text = await sink.metrics();
    times.push(performance.now() - startMs);
  }
  return { lines: text.split('\n').length, firstMs: times[0] ?? Number.NaN, medianMs: percentile(times, 0.5) };
}

function busySink(): PrometheusSink {
  const events = new EventBus();
  const sink = createPrometheusSink({ maxLabelValues: 200 });
  sink.attach(events);
  for (let agent = 0; agent < AGENTS; agent++) {
    for (let model = 0; model < MODELS; model++) {
      for (let tool = 0; tool < TOOLS; tool++) emitRun(events, { agent, model, tool });
    }
  }
  return sink;
}

function emitRun(events: EventBus, { agent, model, tool }: Record<'agent' | 'model' | 'tool', number>): void {
  const runId = `run_${agent}_${model}_${tool}`;
  const names = { runId, agent: `agent-${agent}`, model: `model-${model}` };
  const toolName = `tool-${tool}`;
  const call = { ...names, callId: runId, tool: toolName, decisions: decisionsOn([toolName]) };
  emitModelCall(events, call);
  emitToolCall(events, call);
  const counts = { stepCount: 1, modelCallCount: 1, toolCallCount: 1 };
  const savings = { tokensBefore: 0, tokensAfter: 0, tokensSaved: 0 };
  const outcome = { outcome: 'ok', endedBy: 'host' } as const;
  events.emit('run.end', () => ({ ...names, ...outcome, ...counts, usage: undefined, savings, durationMs: 9_000 }));
}
