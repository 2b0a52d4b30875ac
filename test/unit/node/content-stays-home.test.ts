import { tool } from 'ai';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { Agent } from '../../../src/adapters/ai-sdk.ts';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel } from '../../../src/model/headroom-model.ts';
import { startHeadroomTelemetry } from '../../../src/node.ts';
import { createAlerts } from '../../../src/sinks/alerts/index.ts';
import type { OtelSinkOptions } from '../../../src/sinks/otel/index.ts';
import { scriptedModel } from '../../../src/testing.ts';
import { openOtlpReceiver } from '../../otlp/otlp-receiver.ts';

const CAPTURE = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT';

afterEach(() => {
  delete process.env[CAPTURE];
});

/** Stands in the places that content may come from, each with another ending so that a leak tells where it came from. */
const CANARY = 'canary-4711';

/** Big enough to be compressed, with parts left out. */
const RECORDS = Array.from({ length: 300 }, (_, id) => ({
  id,
  state: id === 37 ? `failed ${CANARY}-result` : 'fine',
  url: `https://user:${CANARY}-password@example.com/?token=${CANARY}-token`,
}));

const lookUp = tool({ inputSchema: z.object({ key: z.string() }), execute: () => RECORDS });
const failing = tool({
  inputSchema: z.object({ key: z.string() }),
  execute: (): string => {
    throw Object.assign(new Error(`No ${CANARY}-tool-error at https://example.com/${CANARY}-path`), {
      name: `${CANARY} has a name with spaces`,
    });
  },
});

/** A run that reads a result and fails in a tool, and one whose model fails. */
async function tellEverything(otel: OtelSinkOptions = {}) {
  const receiver = await openOtlpReceiver();
  const telemetry = await startHeadroomTelemetry({
    otlp: { endpoint: receiver.endpoint, protocol: 'http/json' },
    otel,
    prometheusPort: 0,
  });
  const alerts: unknown[] = [];
  const lines: string[] = [];
  const rules = createAlerts({ rules: [{ name: 'many-tokens', kind: 'request', measure: 'tokens', above: 1 }] });
  const hooks = createHeadroomHooks({
    sinks: [...telemetry.sinks, rules],
    tokenAlertThreshold: 1,
    onAlert: (alert) => void alerts.push(alert),
  });
  hooks.events.onAny((event) => void lines.push(JSON.stringify(event)));
  const call = (toolName: string) => ({ toolName, input: { key: `${CANARY}-argument` } });
  const model = new HeadroomModel(
    scriptedModel([
      { text: `I look ${CANARY}-answer`, toolCalls: [call('look_up')] },
      { toolCalls: [call('failing')] },
      { text: `Done ${CANARY}-answer` },
      { error: new Error(`401 from https://api.example.com/?key=${CANARY}-model-error`) },
    ]),
    { events: hooks.events },
  );
  const agent = new Agent({
    id: 'clerk',
    model,
    instructions: `${CANARY}-system`,
    tools: { look_up: lookUp, failing },
    maxRetries: 0,
    preHooks: [hooks.preHook],
    postHooks: [hooks.postHook],
  });
  await agent.generate({ prompt: `${CANARY}-prompt` });
  await agent.generate({ prompt: `${CANARY}-prompt` }).catch(() => {});
  const scraped = await (await fetch(telemetry.metricsUrl ?? '')).text();
  const savedTokens = model.totalTokensSaved;
  await hooks.close();
  await telemetry.stop();
  await receiver.close();
  return { sent: receiver.raw(), scraped, alerts: JSON.stringify(alerts), events: lines.join('\n'), savedTokens };
}

type Told = Awaited<ReturnType<typeof tellEverything>>;

/** What is told is there, so that what is not there was kept. */
function expectAllTold({ savedTokens, sent, scraped, alerts, events }: Told): void {
  expect(savedTokens).toBeGreaterThan(0);
  for (const text of ['execute_tool look_up', 'headroom.compress', 'headroom.alert.firing', 'invoke_agent clerk']) {
    expect(sent).toContain(text);
  }
  expect(scraped).toContain('gen_ai_tool_name="failing"');
  expect(alerts).toContain('many-tokens');
  expect(events).toContain('"type":"run.end"');
}

test.each([undefined, 'NO_CONTENT', 'EVENT_ONLY'])(
  'no content leaves by spans, metrics, alerts or events, with capturing set to %s',
  async (capture) => {
    if (capture !== undefined) process.env[CAPTURE] = capture;
    const told = await tellEverything();
    expectAllTold(told);
    for (const where of ['sent', 'scraped', 'alerts', 'events'] as const) {
      expect({ where, leaks: leaksIn(told[where]) }).toEqual({ where, leaks: [] });
    }
  },
);

test.each(['true', 'SPAN_AND_EVENT'])(
  'with capturing set to %s content leaves by spans and by nothing else, and no error of a model is content',
  async (capture) => {
    process.env[CAPTURE] = capture;
    const told = await tellEverything();
    expectAllTold(told);
    for (const what of ['system', 'prompt', 'answer', 'argument', 'result']) {
      expect(leaksIn(told.sent)).toContain(`${CANARY}-${what}`);
    }
    expect(leaksIn(told.sent)).not.toContain(`${CANARY}-model-error`);
    for (const where of ['scraped', 'alerts', 'events'] as const) {
      expect({ where, leaks: leaksIn(told[where]) }).toEqual({ where, leaks: [] });
    }
  },
);

test('what redact takes out does not leave, though capturing is asked for', async () => {
  const redact = (text: string): string => text.replaceAll(CANARY, '[redacted]');
  const told = await tellEverything({ captureContent: true, redact });
  expectAllTold(told);
  expect(told.sent).toContain('[redacted]-prompt');
  for (const where of ['sent', 'scraped', 'alerts', 'events'] as const) {
    expect({ where, leaks: leaksIn(told[where]) }).toEqual({ where, leaks: [] });
  }
});

function leaksIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(new RegExp(`${CANARY}[\\w-]*`, 'g'))].map(([leak]) => leak))];
}
