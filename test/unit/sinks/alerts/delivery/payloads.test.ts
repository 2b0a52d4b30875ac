import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRetryAfterMs, retryDelayMs } from '../../../../../src/sinks/alerts/delivery/retry-delay.ts';
import { rfc3339 } from '../../../../../src/sinks/alerts/delivery/rfc3339.ts';
import { slackText } from '../../../../../src/sinks/alerts/delivery/slack-text.ts';
import { slackMessage } from '../../../../../src/sinks/alerts/delivery/slack.ts';
import { goJson, webhookBody } from '../../../../../src/sinks/alerts/delivery/webhook.ts';
import { createAlertmanagerDestination, type AlertNotice } from '../../../../../src/sinks/alerts/index.ts';
import { firing, notice, resolved, START_MS } from './notices.ts';

describe('what Alertmanager is sent', () => {
  async function pushed(notices: readonly AlertNotice[]): Promise<readonly Record<string, unknown>[]> {
    const bodies: unknown[] = [];
    const destination = createAlertmanagerDestination({
      url: 'http://alertmanager:9093/prefix/',
      generatorUrl: 'https://example.com/dashboard',
      fetch: async (_url, request) => {
        bodies.push(request?.body);
        return new Response();
      },
    });
    await destination.deliver(notices, { signal: new AbortController().signal, nowMs: START_MS + 60_000 });
    return JSON.parse(String(bodies[0])) as readonly Record<string, unknown>[];
  }

  test('a firing alert ends in four minutes, should nobody repeat it; one that is over ended when it did', async () => {
    const common = {
      labels: { alertname: 'budget', severity: 'warning', agent: 'support' },
      annotations: {
        description: 'Value 120 tokens, threshold 100 tokens, measured over one budget.',
        summary: '120 tokens in this budget, threshold 100.',
        runbook_url: 'https://example.com/runbook',
      },
      startsAt: '2026-01-01T10:20:30.12Z',
      generatorURL: 'https://example.com/dashboard',
    };
    const runbookUrl = 'https://example.com/runbook';
    expect(await pushed([notice(firing({ runbookUrl })), notice(resolved({ runbookUrl }))])).toEqual([
      { ...common, endsAt: '2026-01-01T10:25:30.12Z' },
      { ...common, endsAt: '2026-01-01T10:22:00.12Z' },
    ]);
  });
});

describe('what a webhook is sent', () => {
  test('is what Alertmanager sends, byte for byte', () => {
    const body = webhookBody([notice(firing()), notice(resolved({ alertId: 'budget:2', value: 0 }))], {
      receiver: 'team',
      externalUrl: 'http://agents.example.com',
      generatorUrl: 'http://example.com/?a=1&b=<2>',
    });
    expect(body).toBe(
      '{"receiver":"team","status":"firing","alerts":[' +
        '{"status":"firing","labels":{"agent":"support","alertname":"budget","severity":"warning"},' +
        '"annotations":{"description":"Value 120 tokens, threshold 100 tokens, measured over one budget.",' +
        '"summary":"120 tokens in this budget, threshold 100."},' +
        '"startsAt":"2026-01-01T10:20:30.12Z","endsAt":"0001-01-01T00:00:00Z",' +
        String.raw`"generatorURL":"http://example.com/?a=1\u0026b=\u003c2\u003e","fingerprint":"6a3368be985ff3ce"},` +
        '{"status":"resolved","labels":{"agent":"support","alertname":"budget","severity":"warning"},' +
        '"annotations":{"description":"Value 0 tokens, threshold 100 tokens, measured over one budget.",' +
        '"summary":"120 tokens in this budget, threshold 100."},' +
        '"startsAt":"2026-01-01T10:20:30.12Z","endsAt":"2026-01-01T10:22:00.12Z",' +
        String.raw`"generatorURL":"http://example.com/?a=1\u0026b=\u003c2\u003e","fingerprint":"6a3368be985ff3ce"}],` +
        '"groupLabels":{"alertname":"budget"},' +
        '"commonLabels":{"agent":"support","alertname":"budget","severity":"warning"},' +
        '"commonAnnotations":{"summary":"120 tokens in this budget, threshold 100."},' +
        '"externalURL":"http://agents.example.com","version":"4",' +
        String.raw`"groupKey":"{}:{alertname=\"budget\"}","truncatedAlerts":0}` +
        '\n',
    );
  });

  test('is over when all of its alerts are, and reads back as JSON whatever names hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const body = goJson({ text });
        expect(JSON.parse(body)).toEqual({ text });
        expect(body).not.toMatch(/[<>&\u2028\u2029]/);
      }),
    );
    expect(JSON.parse(webhookBody([notice(resolved())], {}))).toMatchObject({
      status: 'resolved',
      receiver: 'headroom',
    });
  });

  test.each([
    [0, '2026-01-01T00:00:00Z'],
    [100, '2026-01-01T00:00:00.1Z'],
    [120, '2026-01-01T00:00:00.12Z'],
    [5, '2026-01-01T00:00:00.005Z'],
    [600_000, '2026-01-01T00:10:00Z'],
  ])('writes times as Go does: %i ms', (ms, expected) => {
    expect(rfc3339(Date.UTC(2026, 0, 1) + ms)).toBe(expected);
  });
});

describe('what Slack is sent', () => {
  test('says in one header, one section and one line what fires, how much, and where to read on', () => {
    const alert = firing({ severity: 'critical', runbookUrl: 'https://example.com/runbook?a&b' });
    expect(slackMessage([notice(alert)], { generatorUrl: 'https://example.com/dashboard' })).toEqual({
      text: '🔴 Firing: budget (critical)',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: '🔴 Firing: budget (critical)', emoji: true } },
        {
          type: 'section',
          text: { type: 'mrkdwn', text: '120 tokens in this budget, threshold 100.', verbatim: true },
          fields: [{ type: 'mrkdwn', text: '*agent*\nsupport', verbatim: true }],
        },
        {
          type: 'context',
          elements: [
            {
              type: 'mrkdwn',
              text: 'Value 120 tokens, threshold 100, over one budget · <https://example.com/runbook?a&amp;b|Runbook> · <https://example.com/dashboard|Source>',
              verbatim: true,
            },
          ],
        },
      ],
    });
  });

  test('says when it is over, or still so', () => {
    expect(slackMessage([notice(resolved()), notice(firing(), true)]).text).toBe(
      '🟢 Resolved: budget (warning)\n🟠 Still firing: budget (warning)',
    );
  });

  test('never holds a mention, a link or markup made of names, nor more than Slack takes, whatever they are', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 5_000, size: 'max' }),
      fc.constantFrom(
        '<!channel>',
        '<@U1>',
        '<https://evil.example|here>',
        '&amp;',
        '&'.repeat(5_000),
        '<'.repeat(200),
      ),
    );
    fc.assert(
      fc.property(text, text, fc.constantFrom(1, 10), (agent, summary, count) => {
        const labels = Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`label_${index}`, agent]));
        const notices = Array.from({ length: count }, () =>
          notice(
            firing({ rule: 'r'.repeat(100), labels, summary, runbookUrl: `https://example.com/|<!here>${agent}` }),
          ),
        );
        const message = slackMessage(notices);
        expect(message.text.length).toBeLessThanOrEqual(3_000);
        expect(message.blocks.length).toBeLessThanOrEqual(50);
        for (const block of message.blocks as readonly SlackBlock[]) {
          if (block.type === 'header') expect(block.text.text.length).toBeLessThanOrEqual(150);
          if (block.type === 'section') expect(block.text.text.length).toBeLessThanOrEqual(3_000);
          expect(block.fields?.length ?? 0).toBeLessThanOrEqual(10);
          for (const field of block.fields ?? []) expect(field.text.length).toBeLessThanOrEqual(2_000);
        }
        expect(JSON.stringify(message)).not.toMatch(/<[!@h]|&(?!amp;|lt;|gt;)/);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ['short', 10, 'short'],
    ['exactly 10', 10, 'exactly 10'],
    ['more than ten', 10, 'more than…'],
    ['a<b', 6, 'a&lt;b'],
    ['ab<cd', 6, 'ab…'],
    ['ab😀', 3, 'ab…'],
    ['😀😀', 4, '😀😀'],
  ])('cuts %s at %i between characters: %s', (text, limit, expected) => {
    expect(slackText(text, limit)).toBe(expected);
    expect(slackText(text, limit).length).toBeLessThanOrEqual(limit);
  });
});

interface SlackBlock {
  readonly type: string;
  readonly text: { readonly text: string };
  readonly fields?: readonly { readonly text: string }[];
}

describe('waiting', () => {
  test.each([
    [1, 0, 250],
    [1, 1, 500],
    [2, 1, 1_000],
    [6, 1, 16_000],
    [7, 1, 30_000],
    [1_000, 0, 15_000],
  ])('after %i failures, with chance at %i, is %i ms', (failures, chance, expected) => {
    expect(retryDelayMs(failures, () => chance)).toBe(expected);
  });

  test.each([
    [null, undefined],
    ['', undefined],
    ['3', 3_000],
    [' 120 ', 120_000],
    ['-3', undefined],
    ['soon', undefined],
    ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
    ['Thu, 01 Jan 2025 00:00:10 GMT', 0],
  ])('Retry-After: %s is %s ms', (header, expected) => {
    expect(parseRetryAfterMs(header, Date.UTC(2026, 0, 1))).toBe(expected);
  });
});
