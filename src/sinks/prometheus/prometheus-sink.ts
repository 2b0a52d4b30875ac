import type { OpenMetricsContentType, Registry as RegistryType } from 'prom-client';
import { checkOptions, hasMethods, isFunction, isPositive } from '../../check-options.ts';
import type { Sink } from '../../events/sink.ts';
import { HeadroomError } from '../../headroom-error.ts';
import { importPeer } from '../../import-peer.ts';
import { createAttachments } from '../attachments.ts';
import { listen } from '../listen.ts';
import { createEventRecorder, startAtZero } from '../metrics/record-events.ts';
import { VERSION } from '../version.ts';
import { isBuckets, type Buckets } from './buckets.ts';
import type { ExemplarOf } from './exemplar.ts';
import { createInstruments } from './instruments.ts';

const { Registry } = await importPeer('prom-client', () => import('prom-client'));

export interface PrometheusSinkOptions {
  /** Where the metrics are registered. @default a registry of its own, for OpenMetrics where there are exemplars */
  readonly registry?: RegistryType | RegistryType<OpenMetricsContentType> | undefined;
  /** Values that one label may have; one more is counted as `other`. @default 100 */
  readonly maxLabelValues?: number | undefined;
  /** Upper bounds of buckets in place of those in `METRICS`, by name of the histogram. */
  readonly buckets?: Buckets | undefined;
  /**
   * The trace that a sample of a duration is an example of, such as `activeSpan` of `headroom-hooks/otel`. Asked where the
   * sample is taken; what it throws is taken for none. Needs a registry for OpenMetrics. @default no exemplars
   */
  readonly exemplarOf?: ExemplarOf | undefined;
}

export interface PrometheusSink extends Sink {
  readonly registry: RegistryType;
  /** The text that Prometheus scrapes. */
  metrics(): Promise<string>;
  /** The `Content-Type` of that text. */
  readonly contentType: string;
  /** Takes the metrics that this sink created out of the registry. */
  unregister(): void;
}

/**
 * Counts events as Prometheus metrics, the ones in `METRICS`. Two sinks on one registry share its metrics. Counters never
 * go down, labels are bounded, and no label holds content. Throws a `HeadroomError` for wrong options, and for a
 * registry that has another metric under one of the names.
 */
export function createPrometheusSink(options: PrometheusSinkOptions = {}): PrometheusSink {
  checkOptions('createPrometheusSink', options, {
    registry: hasMethods(
      'a Registry of prom-client',
      'getSingleMetric',
      'registerMetric',
      'removeSingleMetric',
      'metrics',
    ),
    maxLabelValues: isPositive,
    buckets: isBuckets,
    exemplarOf: isFunction,
  });
  const { maxLabelValues = 100, buckets = {}, exemplarOf } = options;
  // prom-client's types tell its two kinds of registry apart; a metric can be in either.
  const registry = (options.registry ?? createRegistry({ isOpenMetrics: exemplarOf !== undefined })) as RegistryType;
  const contentType: string = registry.contentType;
  if (exemplarOf !== undefined && contentType !== Registry.OPENMETRICS_CONTENT_TYPE) {
    throw new HeadroomError(
      'invalid-option',
      'Exemplars need a registry for OpenMetrics: new Registry(Registry.OPENMETRICS_CONTENT_TYPE).',
    );
  }
  const { record, unregister } = createInstruments({ registry, maxLabelValues, buckets, exemplarOf });
  startAtZero(record);
  record.headroom_build_info({ version: VERSION }, 1);

  const { attach, detachAll } = createAttachments((events) => {
    const recorder = createEventRecorder(record);
    const unsubscribe = listen(events, recorder.handlers);
    return () => {
      unsubscribe();
      recorder.close();
    };
  });

  return {
    name: 'prometheus',
    registry,
    attach,
    unregister,
    metrics: () => registry.metrics(),
    get contentType() {
      return registry.contentType;
    },
    close: async () => detachAll(),
  };
}

function createRegistry({
  isOpenMetrics,
}: {
  readonly isOpenMetrics: boolean;
}): RegistryType | RegistryType<OpenMetricsContentType> {
  if (!isOpenMetrics) return new Registry();
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  return registry;
}
