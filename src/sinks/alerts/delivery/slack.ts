import { checkOptions } from '../../../check-options.ts';
import { labelsOf } from './alert-texts.ts';
import type { Alert, AlertDestination, AlertNotice } from './destination.ts';
import { HTTP_CHECKS, postTargetOf, type HttpDestinationOptions } from './http-options.ts';
import { postJson } from './post-json.ts';
import { slackText } from './slack-text.ts';

export interface SlackOptions extends HttpDestinationOptions {
  /** The address of an incoming webhook: a secret. */
  readonly url: string;
}

/** Slack takes one message a second. */
const MIN_INTERVAL_MS = 1_000;
/** Three blocks each, of the 50 that a message may have. */
const BATCH_LIMIT = 10;
/** Characters, fields and elements that Slack takes. */
const LIMITS = { message: 3_000, header: 150, section: 3_000, field: 2_000, fields: 10 } as const;

const SIGNS = { critical: '🔴', warning: '🟠', info: '🔵' } as const;

/** Posts alerts to an incoming webhook of Slack, many in one message. Throws a `HeadroomError` for wrong options. */
export function createSlackDestination(options: SlackOptions): AlertDestination {
  const owner = 'createSlackDestination';
  checkOptions<SlackOptions>(owner, options, HTTP_CHECKS);
  const target = postTargetOf(owner, options);
  const { name = 'slack', timeoutMs, repeatIntervalMs, generatorUrl } = options;
  return {
    name,
    timeoutMs,
    repeatIntervalMs,
    batchLimit: BATCH_LIMIT,
    minIntervalMs: MIN_INTERVAL_MS,
    deliver: (notices, context) => postJson(target, JSON.stringify(slackMessage(notices, { generatorUrl })), context),
  };
}

/** A message of blocks, and the text that stands in notifications. */
export function slackMessage(
  notices: readonly AlertNotice[],
  { generatorUrl }: Pick<SlackOptions, 'generatorUrl'> = {},
): { readonly text: string; readonly blocks: readonly unknown[] } {
  return {
    text: slackText(notices.map(titleOf).join('\n'), LIMITS.message),
    blocks: notices.flatMap((notice) => blocksOf(notice, generatorUrl)),
  };
}

function titleOf({ alert, isRepeat }: AlertNotice): string {
  const { rule, severity } = alert;
  const state = alert.type === 'alert.resolved' ? 'Resolved' : isRepeat ? 'Still firing' : 'Firing';
  const sign = alert.type === 'alert.resolved' ? '🟢' : SIGNS[severity];
  return `${sign} ${state}: ${rule} (${severity})`;
}

function blocksOf(notice: AlertNotice, generatorUrl: string | undefined): readonly unknown[] {
  const { alert } = notice;
  const fields = Object.entries(labelsOf(alert)).filter(([name]) => name !== 'alertname' && name !== 'severity');
  const links = [link(alert.runbookUrl, 'Runbook'), link(generatorUrl, 'Source')].filter((one) => one !== undefined);
  return [
    { type: 'header', text: { type: 'plain_text', text: slackText(titleOf(notice), LIMITS.header), emoji: true } },
    {
      type: 'section',
      text: markdown(slackText(alert.summary ?? figures(alert), LIMITS.section)),
      ...(fields.length === 0
        ? {}
        : { fields: fields.slice(0, LIMITS.fields).map(([name, text]) => markdown(field(name, text))) }),
    },
    { type: 'context', elements: [markdown([slackText(figures(alert), LIMITS.field), ...links].join(' · '))] },
  ];
}

function figures(alert: Alert): string {
  const { value, unit, threshold, scope } = alert;
  const lasted = alert.type === 'alert.resolved' ? `, after ${Math.round(alert.durationMs / 1000)} s` : '';
  return `Value ${value} ${unit}, threshold ${threshold}, over one ${scope}${lasted}`;
}

function field(name: string, text: string): string {
  return `*${slackText(name, 200)}*\n${slackText(text, LIMITS.field - 300)}`;
}

function link(url: string | undefined, title: string): string | undefined {
  // A bar or an angle bracket would end the link early.
  return url === undefined || url.length > 500 || /[<>|\s]/.test(url)
    ? undefined
    : `<${url.replaceAll('&', '&amp;')}|${title}>`;
}

/** `verbatim` keeps Slack from making links and mentions of what looks like one. */
function markdown(text: string): unknown {
  return { type: 'mrkdwn', text, verbatim: true };
}
