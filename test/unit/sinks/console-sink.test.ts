import { expect, test } from 'vitest';
import { EventBus } from '../../../src/events/bus.ts';
import { HeadroomError } from '../../../src/headroom-error.ts';
import { createConsoleSink } from '../../../src/sinks/console-sink.ts';
import { say, sayAll } from './scripted-events.ts';

function printed(level: 'info' | 'debug', tell: (events: EventBus) => void): readonly string[] {
  const lines: string[] = [];
  const events = new EventBus();
  createConsoleSink({ level, write: (line) => lines.push(line) }).attach(events);
  tell(events);
  return lines;
}

test('info prints a line for the end of a run, an alert and a fault', () => {
  expect(printed('info', sayAll)).toEqual([
    'headroom alert.firing: token-threshold, warning, support, 1280 tokens in this run, threshold 1000',
    'headroom alert.resolved: token-threshold, warning, support, 1280 tokens in this run, threshold 1000, after 900 ms',
    'headroom run.end: support, ok, 2 steps, 1 model call, 1 tool call, 1200 tokens in, 80 tokens out, saved 600 of 1000 tool result tokens (60.0 %), 2.50 s',
    'headroom fault: store, TypeError. The original of a tool result could not be stored.',
  ]);
});

test('debug prints a line for every event', () => {
  expect(printed('debug', sayAll)).toEqual([
    'headroom run.start: support, run_1',
    'headroom compression.end: gpt-5, optimize, 2 tool results, saved 600 of 1000 tool result tokens (60.0 %), 4 ms',
    'headroom model.start: gpt-5, openai.responses, streaming',
    'headroom model.end: gpt-5, ok, finish reason stop, 1200 tokens in, 80 tokens out, 1.50 s, first chunk after 250 ms',
    'headroom tool.start: search',
    'headroom tool.end: search, ok, 30 ms',
    'headroom retrieval.end: found, 120 tokens, 2 ms',
    'headroom alert.firing: token-threshold, warning, support, 1280 tokens in this run, threshold 1000',
    'headroom alert.resolved: token-threshold, warning, support, 1280 tokens in this run, threshold 1000, after 900 ms',
    'headroom budget.update: day-budget, 1280 of 5120 tokens in this day',
    'headroom run.end: support, ok, 2 steps, 1 model call, 1 tool call, 1200 tokens in, 80 tokens out, saved 600 of 1000 tool result tokens (60.0 %), 2.50 s',
    'headroom fault: store, TypeError. The original of a tool result could not be stored.',
  ]);
});

test('what is unknown is called unknown, and an audit does not claim to have saved', () => {
  const lines = printed('debug', (events) => {
    say(events, 'run.end', {
      agent: undefined,
      outcome: 'error',
      errorType: 'APICallError',
      usage: undefined,
      savings: { tokensBefore: 0, tokensAfter: 0, tokensSaved: 0 },
    });
    say(events, 'compression.end', { mode: 'audit' });
  });
  expect(lines).toEqual([
    'headroom run.end: unnamed agent, error APICallError, 2 steps, 1 model call, 1 tool call, usage unknown, no tool results, 2.50 s',
    'headroom compression.end: gpt-5, audit, 2 tool results, would save 600 of 1000 tool result tokens (60.0 %), 4 ms',
  ]);
});

test('a name with line breaks in it cannot forge a line', () => {
  const toolName = 'search\r\nheadroom fault: forged\u0000';
  const [line] = printed('debug', (events) => say(events, 'tool.start', { toolName }));
  expect(line).toBe('headroom tool.start: search  headroom fault: forged ');
});

test('wrong options are refused while wiring', () => {
  const create = () => createConsoleSink({ level: 'silent' as 'info' });
  expect(create).toThrow('Option "level" of createConsoleSink has to be one of info, debug, not a string.');
  expect(create).toThrow(HeadroomError);
});
