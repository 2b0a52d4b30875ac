import type { Attributes } from '@opentelemetry/api';
import type { HeadroomEvent } from '../../events/event.ts';
import { importPeer } from '../../import-peer.ts';
import type { Handlers } from '../listen.ts';
import { strategiesOf, writePrompt } from './compression-span.ts';
import { alertAttributes, faultAttributes, retrievalAttributes } from './event-attributes.ts';
import { publishable, write } from './publishable.ts';
import { HEADROOM } from './semconv.ts';
import type { SpanRecorder } from './span-recorder.ts';
import { spanTime } from './span-time.ts';

const { trace } = await importPeer('@opentelemetry/api', () => import('@opentelemetry/api'));

/**
 * Opens no span: what was compressed becomes attributes of the span that is active where the prompt was compressed, and
 * alerts, retrievals and faults become events of the one that is active where they happen. For hosts that open spans for
 * model calls themselves, so that nothing is told twice. `onLook` is called each time before the active span is looked for.
 */
export function createActiveSpanRecorder(onLook: () => void): SpanRecorder {
  function note({ type, time }: HeadroomEvent, attributes: Attributes): void {
    trace.getActiveSpan()?.addEvent(`headroom.${type}`, publishable(attributes), spanTime(time));
  }

  const handlers: Handlers = {
    'run.start': undefined,
    'run.end': undefined,
    'compression.end': (event) => {
      onLook();
      const span = trace.getActiveSpan();
      if (span?.isRecording() !== true) return;
      writePrompt(span, event, strategiesOf(event));
      write(span, HEADROOM.runId, event.runId);
    },
    'model.start': undefined,
    'model.end': undefined,
    'tool.start': undefined,
    'tool.end': undefined,
    'budget.update': undefined,
    'retrieval.end': (event) => note(event, retrievalAttributes(event)),
    'alert.firing': (event) => note(event, alertAttributes(event)),
    'alert.resolved': (event) => note(event, alertAttributes(event)),
    fault: (event) => note(event, faultAttributes(event)),
  };
  return { handlers, close: () => {} };
}
