import { describe, expect, it } from 'vitest';
import { EventBus } from '../../../src/events/bus.ts';
import { createIds } from '../../../src/events/ids.ts';
import { AiSdkTracing } from '../../../src/hooks/ai-sdk-tracer.ts';
import { NO_TRACER, registeredTracer, type Span, type Tracer } from '../../../src/hooks/open-telemetry-tracer.ts';
import type { RunTable } from '../../../src/hooks/run-table.ts';
import { recordEvents } from '../../../src/testing.ts';

type Body = (span: Span) => Promise<unknown>;

function tracingOf(runs: Partial<RunTable>): { readonly tracer: Tracer; readonly events: EventBus } {
  const events = new EventBus();
  const tracing = new AiSdkTracing({ runs: runs as RunTable, events, ids: createIds() });
  return { tracer: tracing.tracer(() => NO_TRACER, 'shop'), events };
}

/** What ai 6 does, with a tool in it. */
function call(tracer: Tracer, name: string, body: Body): Promise<unknown> {
  const tool = { attributes: { 'ai.toolCall.id': 'a', 'ai.toolCall.name': 'look', 'ai.toolCall.args': '{' } };
  return tracer.startActiveSpan(name, { attributes: {} }, async (span: Span) => {
    await tracer.startActiveSpan(`${name}.doGenerate`, {}, async (inner: Span) => inner.end());
    await tracer.startActiveSpan('ai.toolCall', tool, async (inner: Span) => inner.end());
    const result = await body(span);
    span.end();
    return result;
  }) as Promise<unknown>;
}

describe('The tracer for ai 6', () => {
  it('keeps its own faults from the call, and reports them', async () => {
    const broken = (): never => {
      throw new Error('The table is broken.');
    };
    const tables: Partial<RunTable>[] = [
      { start: broken, joinCall: () => false },
      { start: () => 'run', joinCall: () => false, step: broken, startTool: broken, endTool: broken, end: broken },
    ];
    for (const runs of tables) {
      const { tracer, events } = tracingOf(runs);
      const recorded = recordEvents(events);
      expect(await call(tracer, 'ai.generateText', async () => undefined)).toBeUndefined();
      expect(await call(tracer, 'ai.streamText', async () => 7)).toBe(7);
      const failure = new Error('The provider failed.');
      await expect(call(tracer, 'ai.generateText', () => Promise.reject(failure))).rejects.toBe(failure);
      expect(recorded.length).toBeGreaterThan(2);
      expect(new Set(recorded.map(({ type }) => type))).toEqual(new Set(['fault']));
    }
  });

  it('passes on every other span, with what it was opened with', () => {
    const { tracer } = tracingOf({ joinCall: () => false });
    expect(tracer.startActiveSpan('mine', (span: Span) => typeof span.end)).toBe('function');
    expect(tracer.startActiveSpan('mine', {}, {}, () => 'done')).toBe('done');
    expect(tracer.startActiveSpan('ai.toolCall', {}, () => 'of no run')).toBe('of no run');
    expect(tracer.startSpan('mine').setAttributes({})).toBe(tracer.startSpan('mine'));
    expect(registeredTracer().startActiveSpan('mine', () => 'unregistered')).toBe('unregistered');
  });
});
