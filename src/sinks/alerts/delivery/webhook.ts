import { checkOptions, isString } from '../../../check-options.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { annotationsOf, endedAtOf, labelsOf, startedAtOf } from './alert-texts.ts';
import type { Alert, AlertDestination, AlertNotice } from './destination.ts';
import { HTTP_CHECKS, postTargetOf, type HttpDestinationOptions } from './http-options.ts';
import { postJson } from './post-json.ts';
import { rfc3339 } from './rfc3339.ts';

export interface WebhookOptions extends HttpDestinationOptions {
  /** Named in the payload. @default 'headroom' */
  readonly receiver?: string | undefined;
  /** Address of this application, for the payload. */
  readonly externalUrl?: string | undefined;
}

type Texts = Readonly<Record<string, string>>;

const BATCH_LIMIT = 64;
/** What Go writes for a time that is not set. */
const NO_TIME = '0001-01-01T00:00:00Z';

/**
 * Posts alerts as Alertmanager's webhook does, version 4, byte for byte: whatever takes those takes these. Alerts of one
 * rule are grouped. Throws a `HeadroomError` for wrong options.
 */
export function createWebhookDestination(options: WebhookOptions): AlertDestination {
  const owner = 'createWebhookDestination';
  checkOptions<WebhookOptions>(owner, options, { ...HTTP_CHECKS, receiver: isString, externalUrl: isString });
  const target = postTargetOf(owner, options);
  const { name = 'webhook', timeoutMs, repeatIntervalMs } = options;
  return {
    name,
    timeoutMs,
    repeatIntervalMs,
    batchLimit: BATCH_LIMIT,
    batchKey: ({ rule }) => rule,
    deliver: (notices, context) => postJson(target, webhookBody(notices, options), context),
  };
}

/** One group of alerts, the fields in the order in which Alertmanager has them. */
export function webhookBody(
  notices: readonly AlertNotice[],
  { receiver = 'headroom', externalUrl = '', generatorUrl = '' }: Omit<WebhookOptions, 'url'>,
): string {
  const alerts = notices.map(({ alert }) => alert);
  const alertname = alerts[0]?.rule ?? '';
  return goJson({
    receiver,
    status: alerts.some(isFiring) ? 'firing' : 'resolved',
    alerts: alerts.map((alert) => ({
      status: isFiring(alert) ? 'firing' : 'resolved',
      labels: sorted(labelsOf(alert)),
      annotations: sorted(annotationsOf(alert)),
      startsAt: rfc3339(startedAtOf(alert)),
      endsAt: isFiring(alert) ? NO_TIME : rfc3339(endedAtOf(alert)),
      generatorURL: generatorUrl,
      fingerprint: alert.fingerprint ?? fingerprintOf(labelsOf(alert)),
    })),
    groupLabels: { alertname },
    commonLabels: sorted(commonOf(alerts.map(labelsOf))),
    commonAnnotations: sorted(commonOf(alerts.map(annotationsOf))),
    externalURL: externalUrl,
    version: '4',
    groupKey: `{}:{alertname=${JSON.stringify(alertname)}}`,
    truncatedAlerts: 0,
  });
}

function isFiring(alert: Alert): boolean {
  return alert.type === 'alert.firing';
}

/** The entries that all of them have. */
function commonOf([first = {}, ...others]: readonly Texts[]): Texts {
  return Object.fromEntries(Object.entries(first).filter(([name, text]) => others.every((one) => one[name] === text)));
}

function sorted(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** JSON as Go's encoder writes it, which escapes what means something in HTML, and ends with a line break. */
export function goJson(value: unknown): string {
  const escaped = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${escaped}\n`;
}
