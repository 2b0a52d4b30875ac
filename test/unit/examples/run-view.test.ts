import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { RunView } from '../../../examples/demo/view/run-view.ts';
import type { Screen } from '../../../examples/demo/view/screen.ts';
import { EventBus } from '../../../src/events/bus.ts';
import type { CompressionDecision, EventFacts, EventType, HeadroomEvent } from '../../../src/events/event.ts';

function screenOf(columns: number, color = false): Screen & { text(): string } {
  let written = '';
  return { columns, color, write: (text) => void (written += text), text: () => written };
}

function event<Type extends EventType>(type: Type, facts: EventFacts<Type>): HeadroomEvent {
  const events = new EventBus();
  let made: HeadroomEvent | undefined;
  events.on(type, (emitted) => {
    made = emitted;
  });
  events.emit(type, () => facts);
  if (made === undefined) throw new Error(`${type} was not emitted.`);
  return made;
}

const logs: CompressionDecision = {
  messageIndex: 3,
  toolName: 'search_logs',
  contentKind: 'log',
  strategy: 'select-lines',
  reason: 'compressed',
  tokensBefore: 13_634,
  tokensAfter: 1_022,
  isNew: true,
};
const retrieved: CompressionDecision = {
  ...logs,
  toolName: 'headroom_retrieve',
  strategy: 'none',
  reason: 'own-result',
  tokensAfter: 13_634,
};

const compression = (decisions: readonly CompressionDecision[], isRetry = false): HeadroomEvent =>
  event('compression.end', {
    callId: 'call_1',
    provider: 'openai.responses',
    model: 'gpt-5',
    mode: 'optimize',
    loss: 'recoverable',
    isRetry,
    tokensBefore: 0,
    tokensAfter: 0,
    tokensSaved: 0,
    decisions,
    durationMs: 1,
  });

const alert = event('alert.firing', {
  alertId: 'a',
  rule: 'token-threshold',
  severity: 'warning',
  scope: 'run',
  value: 41_250,
  threshold: 40_000,
  unit: 'tokens',
});

describe('the view of a run', () => {
  it('lists a tool result with its kind, strategy, tokens before and after, and percent', () => {
    const screen = screenOf(80);
    const view = new RunView(screen);
    view.hear(compression([logs, retrieved]));
    view.read({ type: 'start-step' });
    const [titles, first, second] = screen.text().split('\n');
    expect(titles?.split(/\s{2,}/).filter(Boolean)).toEqual(['tool result', 'kind', 'how', 'before', 'after', 'saved']);
    expect(first?.split(/\s{2,}/).filter(Boolean)).toEqual([
      'search_logs',
      'log',
      'select-lines',
      '13,634',
      '1,022',
      '92.5 %',
    ]);
    expect(second).toContain('as is: own result');
    expect(second).toContain('0.0 %');
  });

  it('shows a result when it is first read and not again, nor for a retry', () => {
    const screen = screenOf(80);
    const view = new RunView(screen);
    view.hear(compression([logs]));
    view.hear(compression([logs], true));
    view.hear(compression([{ ...logs, isNew: false }]));
    view.flush();
    expect(screen.text().match(/search_logs/g)).toHaveLength(1);
  });

  it('shows events behind the words that led to them, though it hears of them before', () => {
    const screen = screenOf(80);
    const view = new RunView(screen);
    view.hear(alert);
    view.read({ type: 'text-delta', text: 'I look at the ' });
    view.read({ type: 'text-delta', text: 'logs.' });
    view.read({ type: 'tool-call', toolName: 'search_logs', input: { service: 'payments' } });
    view.read({ type: 'finish-step' });
    const lines = screen.text().trimEnd().split('\n');
    expect(lines[0]).toBe('  I look at the logs.');
    expect(lines[1]).toBe('  → search_logs {"service":"payments"}');
    expect(lines[2]).toContain('41,250 tokens');
    expect(lines[2]).toContain('40,000');
  });

  it('tells a tool that failed, a fault of our own, and an abort', () => {
    const screen = screenOf(80);
    const view = new RunView(screen);
    view.read({ type: 'tool-error', toolName: 'get_pods' });
    view.hear(event('fault', { where: 'store', errorName: 'TypeError', message: 'The store is down.' }));
    view.read({ type: 'abort' });
    view.flush();
    expect(screen.text()).toContain('get_pods failed');
    expect(screen.text()).toContain('fault in store: The store is down. (TypeError)');
    expect(screen.text()).toContain('Aborted.');
  });

  it.each([40, 60, 80, 100, 160])('keeps within a screen of %i columns', (columns) => {
    const screen = screenOf(columns);
    const view = new RunView(screen);
    view.read({
      type: 'text-delta',
      text: 'Payments runs out of database connections, and nobody knows why it does. ',
    });
    view.read({ type: 'tool-call', toolName: 'list_deployments', input: { since: '2026-03-09T00:00:00Z'.repeat(9) } });
    view.hear(compression([{ ...logs, toolName: 'a_tool_with_a_very_long_name_indeed' }, logs]));
    view.read({ type: 'start-step' });
    const widths = screen
      .text()
      .split('\n')
      .map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
    expect(screen.text()).toContain('1,022');
  });

  it('writes the same text with colours and without', () => {
    const [plain, colored] = [screenOf(100), screenOf(100, true)];
    for (const screen of [plain, colored]) {
      const view = new RunView(screen);
      view.hear(compression([logs, retrieved]));
      view.hear(alert);
      view.flush();
    }
    expect(plain.text()).not.toContain('\u001B');
    expect(colored.text()).toContain('\u001B[');
    expect(stripVTControlCharacters(colored.text())).toBe(plain.text());
  });
});
