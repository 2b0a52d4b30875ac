import { expect, test } from 'vitest';
import { EventBus } from '../../../../src/events/bus.ts';
import type { CompressionDecision } from '../../../../src/events/event.ts';
import { listen } from '../../../../src/sinks/listen.ts';
import type { Labels } from '../../../../src/sinks/metrics/label-bounds.ts';
import { LabelSets } from '../../../../src/sinks/metrics/label-sets.ts';
import { METRIC_NAMES, type MetricName } from '../../../../src/sinks/metrics/metrics.ts';
import { createEventRecorder } from '../../../../src/sinks/metrics/record-events.ts';
import { createRecorders, type SeriesOf } from '../../../../src/sinks/metrics/recorders.ts';
import { FACTS, say, sayAll } from '../scripted-events.ts';

interface Written {
  readonly name: MetricName;
  readonly labels: Labels;
  readonly value: number;
}

/** What a sink is asked to write. */
function recorded(maxLabelValues = 100) {
  const written: Written[] = [];
  const seriesOf = Object.fromEntries(
    METRIC_NAMES.map((name): [MetricName, SeriesOf] => [
      name,
      (labels) => (value) => void written.push({ name, labels, value }),
    ]),
  ) as Readonly<Record<MetricName, SeriesOf>>;
  const events = new EventBus();
  const recorder = createEventRecorder(createRecorders(seriesOf, maxLabelValues));
  listen(events, recorder.handlers);
  written.splice(0);
  return { events, written };
}

const [decision] = FACTS['compression.end'].decisions as readonly [CompressionDecision];

test('a prompt is written by tool and strategy, however many results it carries', () => {
  const { events, written } = recorded();
  const decisionsOf = (count: number): CompressionDecision[] =>
    Array.from({ length: count }, (_, index) => ({ ...decision, toolName: `tool-${index % 3}` }));
  say(events, 'compression.end', { decisions: decisionsOf(3) });
  const few = written.splice(0);
  say(events, 'compression.end', { decisions: decisionsOf(300) });
  expect(written).toHaveLength(few.length);
  const tokensOf = (samples: readonly Written[]) =>
    samples.filter(({ name }) => name === 'headroom_tool_results_saved_tokens_total').map(({ value }) => value);
  expect(tokensOf(few)).toEqual([600, 600, 600]);
  expect(tokensOf(written)).toEqual([60_000, 60_000, 60_000]);
});

test('one model call with its tool call takes at most forty samples', () => {
  const { events, written } = recorded();
  for (const type of ['compression.end', 'model.start', 'model.end', 'tool.start', 'tool.end'] as const) {
    say(events, type);
  }
  expect(written.length).toBeGreaterThan(15);
  expect(written.length).toBeLessThanOrEqual(40);
});

test('the same labels are the same object, so that a sink can know a series by identity', () => {
  const { events, written } = recorded();
  sayAll(events);
  const first = new Map(written.splice(0).map(({ name, labels }) => [`${name} ${JSON.stringify(labels)}`, labels]));
  sayAll(events);
  for (const { name, labels } of written) {
    expect(first.get(`${name} ${JSON.stringify(labels)}`)).toBe(labels);
    expect(Object.isFrozen(labels)).toBe(true);
  }
});

test('a name that is one too many is counted as such with every sample, also when it comes again', () => {
  const { events, written } = recorded(1);
  for (const model of ['first', 'second', 'second', 'second']) {
    say(events, 'model.end', { model, usage: undefined, timeToFirstChunkMs: undefined, costSavedUsd: undefined });
  }
  const overflow = written.filter(({ name }) => name === 'headroom_label_overflow_total');
  // The duration and the cost of each of the three.
  expect(overflow.map(({ labels, value }) => [labels['label'], value])).toEqual(
    Array.from({ length: 6 }, () => ['gen_ai_request_model', 1]),
  );
});

test('labels are remembered within bounds, whatever product of names comes along', () => {
  const sets = new LabelSets();
  for (let index = 0; index < 60_000; index++) {
    const name = (kind: string, count: number): string => `${kind}-${index % count}`;
    const call = sets.ofCall({ provider: name('p', 7), model: name('m', 331), agent: name('a', 97) });
    expect(call.call).toEqual({
      gen_ai_operation_name: 'chat',
      gen_ai_provider_name: name('p', 7),
      gen_ai_request_model: name('m', 331),
      gen_ai_agent_name: name('a', 97),
    });
    call.ended.get('error', `E${index}`);
    sets.toolEnds.get(`t${index}`, '').get('error', `E${index}`);
    sets.ofAgent('x'.repeat(1_000) + String(index));
    expect(sets.size).toBeLessThanOrEqual(10_000);
  }
  const call = { provider: 'openai', model: 'gpt-5', agent: undefined };
  expect(sets.ofCall(call)).toBe(sets.ofCall(call));
});
