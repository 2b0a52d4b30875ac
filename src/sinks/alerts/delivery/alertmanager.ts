import { checkOptions, isCount } from '../../../check-options.ts';
import { annotationsOf, endedAtOf, labelsOf, startedAtOf } from './alert-texts.ts';
import type { AlertDestination, AlertNotice } from './destination.ts';
import { HTTP_CHECKS, postTargetOf, type HttpDestinationOptions } from './http-options.ts';
import { postJson } from './post-json.ts';
import { rfc3339 } from './rfc3339.ts';

export interface AlertmanagerOptions extends HttpDestinationOptions {
  /** Of Alertmanager, such as `http://alertmanager:9093`, with its path prefix. `/api/v2/alerts` is added. */
  readonly url: string;
  /**
   * How often a firing alert is sent again. Alertmanager takes one that is silent for four times as long as resolved, so
   * that a process that dies leaves nothing firing. @default 1 minute
   */
  readonly repeatIntervalMs?: number | undefined;
  /**
   * An alert that is over sooner is resolved only after this long: Alertmanager never tells of one that is over within
   * its `group_wait`. @default 1 minute
   */
  readonly leastOpenMs?: number | undefined;
}

const DEFAULT_REPEAT_INTERVAL_MS = 60_000;
const DEFAULT_LEAST_OPEN_MS = 60_000;
/** As Prometheus has it: two repeats may be lost, and one late. */
const INTERVALS_TO_EXPIRY = 4;
const BATCH_LIMIT = 64;

/**
 * Pushes alerts to Alertmanager as Prometheus does, by its API v2. Several instances of a cluster are several
 * destinations. Throws a `HeadroomError` for wrong options.
 */
export function createAlertmanagerDestination(options: AlertmanagerOptions): AlertDestination {
  const owner = 'createAlertmanagerDestination';
  checkOptions<AlertmanagerOptions>(owner, options, { ...HTTP_CHECKS, leastOpenMs: isCount });
  const target = postTargetOf(owner, options, '/api/v2/alerts');
  const { name = 'alertmanager', timeoutMs, generatorUrl, leastOpenMs = DEFAULT_LEAST_OPEN_MS } = options;
  const { repeatIntervalMs = DEFAULT_REPEAT_INTERVAL_MS } = options;
  return {
    name,
    timeoutMs,
    repeatIntervalMs,
    leastOpenMs,
    batchLimit: BATCH_LIMIT,
    deliver(notices, context) {
      const endsAtMs = context.nowMs + INTERVALS_TO_EXPIRY * repeatIntervalMs;
      const alerts = notices.map((notice) => postableAlert(notice, { generatorUrl, firingUntilMs: endsAtMs }));
      return postJson(target, JSON.stringify(alerts), context);
    },
  };
}

function postableAlert(
  { alert }: AlertNotice,
  { generatorUrl, firingUntilMs }: { readonly generatorUrl: string | undefined; readonly firingUntilMs: number },
): unknown {
  return {
    labels: labelsOf(alert),
    annotations: annotationsOf(alert),
    startsAt: rfc3339(startedAtOf(alert)),
    endsAt: rfc3339(alert.type === 'alert.firing' ? firingUntilMs : endedAtOf(alert)),
    generatorURL: generatorUrl,
  };
}
