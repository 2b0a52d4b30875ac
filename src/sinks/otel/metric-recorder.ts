import type { MeterProvider } from '@opentelemetry/api';
import { EVENT_TYPES, type HeadroomEvent } from '../../events/event.ts';
import { importPeer } from '../../import-peer.ts';
import type { Handlers } from '../listen.ts';
import { createEventRecorder, startAtZero } from '../metrics/record-events.ts';
import { createRecorders, type Recorders } from '../metrics/recorders.ts';
import { VERSION } from '../version.ts';
import { createInstrumentSeries, type InstrumentSeriesOptions } from './instruments.ts';
import { SCOPE } from './scope.ts';

const { createNoopMeter } = await importPeer('@opentelemetry/api', () => import('@opentelemetry/api'));

export interface CurrentRecordersOptions extends Pick<InstrumentSeriesOptions, 'semconv' | 'scope'> {
  readonly currentMeterProvider: () => MeterProvider;
  readonly maxLabelValues: number;
}

/**
 * What writes to the meter provider of the moment; `undefined` while there is none that records, which takes 40 ns to
 * find out. The API has no proxy for meters, and instruments that were made before an SDK was registered never record
 * (https://github.com/open-telemetry/opentelemetry-js/issues/3622), so another provider gets instruments of its own.
 */
export function createCurrentRecorders(options: CurrentRecordersOptions): () => Recorders | undefined {
  let provider: MeterProvider | undefined;
  let recorders: Recorders | undefined;
  return () => {
    const current = options.currentMeterProvider();
    if (current === provider) return recorders;
    provider = current;
    recorders = recordersOf(current, options);
    return recorders;
  };
}

function recordersOf(
  provider: MeterProvider,
  { semconv, scope, maxLabelValues }: CurrentRecordersOptions,
): Recorders | undefined {
  const meter = provider.getMeter(SCOPE, VERSION);
  if (meter === createNoopMeter()) return undefined;
  const record = createRecorders(createInstrumentSeries({ meter, semconv, scope }), maxLabelValues);
  startAtZero(record);
  record.headroom_build_info({ version: VERSION }, 1);
  return record;
}

/**
 * The handlers that turn the events of one bus into samples. What was open when another provider came is not counted as
 * open there, nor as closed.
 */
export function createMetricRecorder(currentRecorders: () => Recorders | undefined): {
  readonly handlers: Handlers;
  close(): void;
} {
  let record: Recorders | undefined;
  let recorder: ReturnType<typeof createEventRecorder> | undefined;

  function currentRecorder(): typeof recorder {
    const current = currentRecorders();
    if (current === record) return recorder;
    recorder?.close();
    record = current;
    recorder = current === undefined ? undefined : createEventRecorder(current);
    return recorder;
  }

  const handle = (event: HeadroomEvent): void => {
    const handler = currentRecorder()?.handlers[event.type] as ((event: HeadroomEvent) => void) | undefined;
    handler?.(event);
  };
  return {
    handlers: Object.fromEntries(EVENT_TYPES.map((type) => [type, handle])) as unknown as Handlers,
    close: () => recorder?.close(),
  };
}
