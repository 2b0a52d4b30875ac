import { HeadroomError } from '../headroom-error.ts';
import { importPeer } from '../import-peer.ts';
import { delegateOf } from '../sinks/otel/delegate-of.ts';
import { registeredApi } from '../sinks/otel/registered-api.ts';
import { otlpVariables, withVariables, type OtlpOptions } from './otlp-environment.ts';

export interface TelemetrySdk {
  /** Sends what is waiting. Rejects when it could not. */
  flush(): Promise<unknown>;
  /** Lets go of the global providers and sends what is waiting. Rejects when it could not be sent. */
  shutdown(): Promise<void>;
}

/**
 * Starts the SDK for Node, which sends spans and metrics by OTLP. Rejects with a `HeadroomError` where it is not
 * installed, and where another SDK has been started already.
 */
export async function startTelemetrySdk(otlp: OtlpOptions, serviceName: string | undefined): Promise<TelemetrySdk> {
  const { NodeSDK } = await importPeer('@opentelemetry/sdk-node', () => import('@opentelemetry/sdk-node'));
  const api = await importPeer('@opentelemetry/api', () => import('@opentelemetry/api'));
  const registered = registeredApi();
  if (registered?.trace !== undefined || registered?.metrics !== undefined) {
    throw new HeadroomError(
      'already-started',
      'An OpenTelemetry SDK was started already: give createHeadroomHooks the sink of createOtelSink(), which uses it, ' +
        'and call startHeadroomTelemetry with otlp: false, or not at all.',
    );
  }
  const sdk = withVariables(otlpVariables(otlp), () => {
    const made = new NodeSDK(serviceName === undefined ? {} : { serviceName });
    made.start();
    return made;
  });
  const providers: readonly unknown[] = [delegateOf(api.trace.getTracerProvider()), api.metrics.getMeterProvider()];
  return {
    flush: () => Promise.all(providers.map(async (provider) => callIfAny(provider, 'forceFlush'))),
    async shutdown() {
      const sent = sdk.shutdown();
      // At once: another may be started though the receiver of this one is slow to answer.
      for (const registry of [api.trace, api.metrics, api.context, api.propagation]) registry.disable();
      // Part of the API since 1.10.
      callIfAny(Reflect.get(api, 'logs'), 'disable');
      await sent;
    },
  };
}

function callIfAny(target: unknown, method: string): unknown {
  if (typeof target !== 'object' || target === null) return undefined;
  const found: unknown = Reflect.get(target, method);
  return typeof found === 'function' ? (found as () => unknown).call(target) : undefined;
}
