import { EventBus } from '../../src/events/bus.ts';
import { createPrometheusSink } from '../../src/sinks/prometheus/index.ts';
import { decisionsOn, emitModelCall, emitToolCall } from './model-call-events.ts';
import { percentile } from './percentile.ts';

const AGENTS = 100;
const TOOLS = 20;
const MODELS = 5;
const SCRAPES = 15;
/** Runs between two scrapes: one of each agent. */
const RUNS_PER_SCRAPE = AGENTS;
/** After these, every agent has used every tool with every model. */
const SCRAPES_BEFORE = TOOLS * MODELS;

export const BUSY_PROCESS = `${AGENTS} agents, ${TOOLS} tools, ${MODELS} models`;

export interface ScrapeTimes {
  readonly lines: number;
  readonly medianMs: number;
  readonly longestMs: number;
}

/** Times scrapes of a process in which every agent has used every tool with every model, and which goes on. */
export async function timeScrapes(): Promise<ScrapeTimes> {
  const events = new EventBus();
  const sink = createPrometheusSink({ maxLabelValues: 200 });
  sink.attach(events);
  const times: number[] = [];
  let text = '';
  for (let scrape = 0; scrape < SCRAPES_BEFORE + SCRAPES; scrape++) {
    for (let index = 0; index < RUNS_PER_SCRAPE; index++) emitRun(events, scrape * RUNS_PER_SCRAPE + index);
    const startMs = performance.now();
    text = await sink.metrics();
    if (scrape >= SCRAPES_BEFORE) times.push(performance.now() - startMs);
  }
  return { lines: text.split('\n').length, medianMs: percentile(times, 0.5), longestMs: Math.max(...times) };
}

function emitRun(events: EventBus, run: number): void {
  const agent = run % AGENTS;
  const tool = Math.floor(run / AGENTS) % TOOLS;
  const model = Math.floor(run / (AGENTS * TOOLS)) % MODELS;
  const runId = `run_${run}`;
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
