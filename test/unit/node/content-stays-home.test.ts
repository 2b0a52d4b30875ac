import { tool } from 'ai';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { Agent } from '../../../src/adapters/ai-sdk.ts';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel } from '../../../src/model/headroom-model.ts';
import { startHeadroomTelemetry } from '../../../src/node.ts';
import { createAlerts } from '../../../src/sinks/alerts/index.ts';
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
async function tellEverything() {
  const receiver = await openOtlpReceiver();
  const telemetry = await startHeadroomTelemetry({
    otlp: { endpoint: receiver.endpoint, protocol: 'http/json' },
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

test.each([undefined, 'true', 'SPAN_AND_EVENT'])(
  'no content leaves by spans, metrics, alerts or events, with capturing set to %s: none is carried',
  async (capture) => {
    if (capture !== undefined) process.env[CAPTURE] = capture;
    const { savedTokens, ...told } = await tellEverything();
    // What is told is there, so that what is not there was kept.
    expect(savedTokens).toBeGreaterThan(0);
    for (const text of ['execute_tool look_up', 'headroom.compress', 'headroom.alert.firing', 'invoke_agent clerk']) {
      expect(told.sent).toContain(text);
    }
    expect(told.scraped).toContain('gen_ai_tool_name="failing"');
    expect(told.alerts).toContain('many-tokens');
    expect(told.events).toContain('"type":"run.end"');
    for (const [where, text] of Object.entries(told))
      expect({ where, leaks: leaksIn(text) }).toEqual({ where, leaks: [] });
  },
);

function leaksIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(new RegExp(`${CANARY}[\\w-]*`, 'g'))].map(([leak]) => leak))];
}
