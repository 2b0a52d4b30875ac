import { checkOptions, isFunction, isOneOf } from '../check-options.ts';
import {
  EVENT_TYPES,
  type AlertFiring,
  type CompressionEnd,
  type EventOf,
  type EventType,
  type HeadroomEvent,
  type ModelEnd,
  type Savings,
} from '../events/event.ts';
import type { Sink } from '../events/sink.ts';
import { createAttachments } from './attachments.ts';
import { identifierOr } from './identifiers.ts';

export interface ConsoleSinkOptions {
  /** `info` prints a line per run end, alert and fault; `debug` one per event. */
  readonly level: 'info' | 'debug';
  /** Takes one line, without its line break. @default console.error */
  readonly write?: ((line: string) => void) | undefined;
}

/** Prints what happens, one plain line each, without content. Throws a `HeadroomError` for wrong options. */
export function createConsoleSink(options: ConsoleSinkOptions): Sink {
  checkOptions('createConsoleSink', options, { level: isOneOf('info', 'debug'), write: isFunction });
  const { level, write = writeToConsole } = options;
  const types = level === 'debug' ? EVENT_TYPES : INFO_TYPES;

  const { attach, detachAll } = createAttachments((events) => {
    const unsubscribes = types.map((type) => events.on(type, (event) => write(lineOf(event))));
    return () => {
      for (const unsubscribe of unsubscribes) unsubscribe();
    };
  });
  return { name: 'console', attach, close: async () => detachAll() };
}

const INFO_TYPES = ['alert.firing', 'alert.resolved', 'run.end', 'fault'] as const satisfies readonly EventType[];

function lineOf(event: HeadroomEvent): string {
  const describe = LINES[event.type] as (event: HeadroomEvent) => string;
  return oneLine(`headroom ${event.type}: ${describe(event)}`);
}

/** What is said of each event. */
const LINES: { readonly [Type in EventType]: (event: EventOf<Type>) => string } = {
  'run.start': ({ agent, runId }) => list([agent ?? 'unnamed agent', runId]),
  'run.end': ({ agent, outcome, errorType, savings, usage, durationMs, ...counts }) =>
    list([
      agent ?? 'unnamed agent',
      ended(outcome, errorType),
      plural(counts.stepCount, 'step'),
      plural(counts.modelCallCount, 'model call'),
      plural(counts.toolCallCount, 'tool call'),
      used(usage),
      saved(savings),
      duration(durationMs),
    ]),
  'model.start': ({ provider, model, streaming }) => list([model, provider, streaming ? 'streaming' : undefined]),
  'model.end': ({ model, outcome, errorType, finishReason, usage, durationMs, timeToFirstChunkMs }) =>
    list([
      model,
      ended(outcome, errorType),
      finishReason === undefined ? undefined : `finish reason ${identifier(finishReason)}`,
      used(usage),
      duration(durationMs),
      timeToFirstChunkMs === undefined ? undefined : `first chunk after ${duration(timeToFirstChunkMs)}`,
    ]),
  'tool.start': ({ toolName }) => toolName,
  'tool.end': ({ toolName, outcome, errorType, durationMs }) =>
    list([toolName, ended(outcome, errorType), duration(durationMs)]),
  'compression.end': ({ model, mode, decisions, durationMs, ...tokens }) =>
    list([model, identifier(mode), plural(decisions.length, 'tool result'), saved(tokens, mode), duration(durationMs)]),
  'retrieval.end': ({ outcome, tokens, durationMs }) =>
    list([identifier(outcome), plural(tokens, 'token'), duration(durationMs)]),
  'alert.firing': (alert) => list([named(alert), reached(alert)]),
  'alert.resolved': ({ durationMs, ...alert }) => list([named(alert), reached(alert), `after ${duration(durationMs)}`]),
  'budget.update': ({ budget, period, used, limit, unit }) =>
    `${identifier(budget)}, ${used} of ${limit} ${identifier(unit)} in this ${identifier(period)}`,
  fault: ({ where, errorName, message }) => `${identifier(where)}, ${identifier(errorName)}. ${message}`,
};

/** What the two events of an alert have in common. */
type AlertFacts = Omit<AlertFiring, 'type'>;

function named({ rule, severity, agent }: AlertFacts): string {
  return list([identifier(rule), identifier(severity), agent]);
}

function reached({ value, threshold, unit, scope }: AlertFacts): string {
  return `${value} ${identifier(unit)} in this ${identifier(scope)}, threshold ${threshold}`;
}

function ended(outcome: string, errorType: string | undefined): string {
  return [outcome, errorType]
    .filter((part) => part !== undefined)
    .map(identifier)
    .join(' ');
}

function used(usage: ModelEnd['usage']): string {
  const count = (tokens: number | undefined): string => (tokens === undefined ? 'unknown' : String(tokens));
  const { inputTokens, outputTokens } = usage ?? {};
  if (inputTokens === undefined && outputTokens === undefined) return 'usage unknown';
  return `${count(inputTokens)} tokens in, ${count(outputTokens)} tokens out`;
}

function saved({ tokensBefore, tokensSaved }: Omit<Savings, 'tokensAfter'>, mode?: CompressionEnd['mode']): string {
  if (tokensBefore === 0) return 'no tool results';
  const percent = ((100 * tokensSaved) / tokensBefore).toFixed(1);
  return `${mode === 'audit' ? 'would save' : 'saved'} ${tokensSaved} of ${tokensBefore} tool result tokens (${percent} %)`;
}

function duration(durationMs: number): string {
  return durationMs < 1000 ? `${Math.round(durationMs * 10) / 10} ms` : `${(durationMs / 1000).toFixed(2)} s`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function list(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(', ');
}

function identifier(value: string): string {
  return identifierOr('other', value);
}

/** Names come from models and users: a line break in one must not look like a line of ours. */
function oneLine(text: string): string {
  return text.replace(/\p{Control}/gu, ' ').slice(0, LONGEST_LINE);
}

const LONGEST_LINE = 500;

function writeToConsole(line: string): void {
  // oxlint-disable-next-line no-console -- printing is what this sink is for
  console.error(line);
}
