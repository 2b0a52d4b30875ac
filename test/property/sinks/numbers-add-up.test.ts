import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventBus } from '../../../src/events/bus.ts';
import type { CompressionDecision, CompressionEnd, ModelEnd } from '../../../src/events/event.ts';
import { createOtelSink } from '../../../src/sinks/otel/index.ts';
import { createPrometheusSink } from '../../../src/sinks/prometheus/index.ts';
import { parseSamples, sumOf } from '../../unit/sinks/prometheus/prometheus-text.ts';
import { say } from '../../unit/sinks/scripted-events.ts';
import { propertyRuns } from '../property-runs.ts';

const tokens = fc.nat({ max: 200_000 });
const maybeTokens = fc.option(tokens, { nil: undefined });

const decision: fc.Arbitrary<CompressionDecision> = fc
  .record({
    messageIndex: fc.nat({ max: 50 }),
    toolName: fc.constantFrom('search', 'read_file', '__proto__', undefined),
    contentKind: fc.constantFrom('json', 'log', 'text'),
    strategy: fc.constantFrom('json-table', 'log-template'),
    tokensAfter: tokens,
    saved: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: 0 }),
    isNew: fc.boolean(),
  })
  .map(({ saved, strategy, ...facts }) => ({
    ...facts,
    tokensBefore: facts.tokensAfter + saved,
    ...(saved > 0 ? { strategy, reason: 'compressed' } : { strategy: 'none', reason: 'not-smaller' }),
  }));

const call = fc.record({
  model: fc.constantFrom('gpt-5', 'claude-opus-4-1', 'gemini-3'),
  agent: fc.constantFrom('support', undefined),
  mode: fc.constantFrom<CompressionEnd['mode'][]>('optimize', 'audit'),
  // Whole dollars, so that sums are exact.
  costUsd: fc.option(fc.nat({ max: 1_000 }), { nil: undefined }),
  costSavedUsd: fc.option(fc.nat({ max: 1_000 }), { nil: undefined }),
  decisions: fc.array(decision, { maxLength: 8 }),
  usage: fc.option(
    fc.record<NonNullable<ModelEnd['usage']>>({
      inputTokens: maybeTokens,
      outputTokens: maybeTokens,
      cacheReadTokens: maybeTokens,
      cacheWriteTokens: maybeTokens,
      reasoningTokens: maybeTokens,
    }),
    { nil: undefined },
  ),
});

function sum<Item>(items: readonly Item[], valueOf: (item: Item) => number | undefined): number {
  return items.reduce((total, item) => total + (valueOf(item) ?? 0), 0);
}

test('what metrics and spans sum up to is what the events told, by tool, by strategy, by model and in all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 8 }), async (calls) => {
      const events = new EventBus();
      const exporter = new InMemorySpanExporter();
      const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
      createOtelSink({ tracerProvider }).attach(events);
      const prometheus = createPrometheusSink();
      prometheus.attach(events);

      for (const [index, { model, agent, mode, decisions, usage, costUsd, costSavedUsd }] of calls.entries()) {
        const facts = { callId: `call_${index}`, model, agent };
        const tokensBefore = sum(decisions, (one) => one.tokensBefore);
        const tokensAfter = sum(decisions, (one) => one.tokensAfter);
        const totals = { tokensBefore, tokensAfter, tokensSaved: tokensBefore - tokensAfter };
        say(events, 'compression.end', { ...facts, mode, decisions, ...totals });
        say(events, 'model.start', facts);
        say(events, 'model.end', { ...facts, usage, costUsd, costSavedUsd });
      }

      const samples = parseSamples(await prometheus.metrics());
      const counted = (kind: string, labels = {}) =>
        sumOf(samples, `headroom_compression_${kind}_tokens_total`, labels);
      const countedByTool = (kind: string, labels = {}) =>
        sumOf(samples, `headroom_tool_results_${kind}_tokens_total`, labels);
      const sent = calls.flatMap(({ mode, model, agent, decisions }) =>
        decisions.map((one) => ({
          ...one,
          model,
          agent,
          ...(mode === 'audit' ? { tokensAfter: one.tokensBefore, strategy: 'none' } : {}),
        })),
      );
      for (const [of, label, valueOf] of [
        [countedByTool, 'gen_ai_tool_name', (one) => one.toolName ?? 'unknown'],
        [countedByTool, 'headroom_compression_strategy', (one) => one.strategy],
        [counted, 'gen_ai_request_model', (one) => one.model],
        [counted, 'gen_ai_agent_name', (one) => one.agent ?? 'unknown'],
      ] as const satisfies readonly (readonly [typeof counted, string, (one: (typeof sent)[number]) => string])[]) {
        for (const value of new Set(sent.map(valueOf))) {
          const some = sent.filter((one) => valueOf(one) === value);
          expect(of('input', { [label]: value })).toBe(sum(some, (one) => one.tokensBefore));
          expect(of('output', { [label]: value })).toBe(sum(some, (one) => one.tokensAfter));
        }
      }
      for (const kind of ['input', 'output', 'saved']) expect(countedByTool(kind)).toBe(counted(kind));
      expect(counted('input')).toBe(counted('output') + counted('saved'));
      expect(counted('input')).toBe(sum(sent, (one) => one.tokensBefore));

      expect(sumOf(samples, 'headroom_cost_usd_total')).toBe(sum(calls, ({ costUsd }) => costUsd));
      expect(sumOf(samples, 'headroom_cost_saved_usd_total')).toBe(sum(calls, ({ costSavedUsd }) => costSavedUsd));
      const unpriced = calls.filter(({ costUsd }) => costUsd === undefined).length;
      expect(sumOf(samples, 'headroom_cost_unknown_total')).toBe(unpriced);

      const spans = exporter.getFinishedSpans();
      const spanned = (name: string) => sum(spans, ({ attributes }) => attributes[name] as number | undefined);
      for (const kind of ['input', 'output', 'saved']) {
        expect(spanned(`headroom.compression.${kind}_tokens`)).toBe(counted(kind));
      }
      for (const [kind, key] of [
        ['input', 'inputTokens'],
        ['output', 'outputTokens'],
        ['cache_read.input', 'cacheReadTokens'],
        ['cache_write.input', 'cacheWriteTokens'],
        ['reasoning.output', 'reasoningTokens'],
      ] as const) {
        const billed = sum(calls, ({ usage }) => usage?.[key]);
        expect(spanned(`gen_ai.usage.${kind}_tokens`)).toBe(billed);
        expect(sumOf(samples, `gen_ai_client_inference_usage_${kind.replace('.', '_')}_tokens_total`)).toBe(billed);
      }
    }),
    propertyRuns(),
  );
});
