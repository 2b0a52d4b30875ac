import { HeadroomError } from '../headroom-error.ts';
import { createAiSdkTelemetry, type AiSdkTelemetryOptions, type AiSdkTelemetrySettings } from './ai-sdk-telemetry.ts';
import type { AiSdkTracing } from './ai-sdk-tracer.ts';
import { NO_TRACER, registeredTracer, type Tracer } from './open-telemetry-tracer.ts';
import { withRetrieveTool } from './with-retrieve-tool.ts';

/** The part of the settings of an agent, or of a call, that is read. */
interface OwnSettings {
  readonly id?: unknown;
  readonly model?: unknown;
  readonly tools?: Readonly<Record<string, unknown>> | undefined;
  /** Of ai 7. */
  readonly telemetry?: AiSdkTelemetrySettings | undefined;
  /** Of ai 6; ai 7 reads it where there is no `telemetry`. */
  readonly experimental_telemetry?: TracedSettings | undefined;
}

interface TracedSettings extends AiSdkTelemetrySettings {
  readonly isEnabled?: boolean | undefined;
  readonly tracer?: Tracer | undefined;
  readonly recordInputs?: boolean | undefined;
  readonly recordOutputs?: boolean | undefined;
}

/**
 * The same settings, with which an agent, or a call, tells of its runs: ai 7 by `telemetry`, ai 6 by the spans of
 * `experimental_telemetry`; each version ignores the other's. Tracing that was on stays as it was. Where it was off, ai 6
 * gets a tracer that keeps nothing and is shown no content.
 */
export function withAiSdkHooks<Settings extends object>(
  own: Settings,
  { tracing, ...options }: AiSdkTelemetryOptions & { readonly tracing: AiSdkTracing },
): Settings {
  if (typeof own !== 'object' || own === null || Array.isArray(own)) {
    throw new HeadroomError(
      'invalid-option',
      'settings() takes the settings of an agent, or of generateText or streamText: hooks.settings({ model, tools }).',
    );
  }
  const { id, telemetry, experimental_telemetry: traced } = own as OwnSettings;
  const agent = traced?.functionId ?? telemetry?.functionId ?? (typeof id === 'string' ? id : undefined);
  return {
    ...withRetrieveTool(own),
    telemetry: createAiSdkTelemetry({ ...options, settings: telemetry ?? traced, agent }),
    experimental_telemetry: tracedSettings(traced ?? {}, tracing, agent),
  };
}

function tracedSettings(own: TracedSettings, tracing: AiSdkTracing, agent: string | undefined): TracedSettings {
  if (tracing.isOwn(own.tracer)) return own;
  const { isEnabled = false, tracer, integrations } = own;
  const inner = (): Tracer => (isEnabled ? (tracer ?? registeredTracer()) : NO_TRACER);
  return {
    ...own,
    ...(isEnabled ? {} : { recordInputs: false, recordOutputs: false }),
    isEnabled: true,
    tracer: tracing.tracer(inner, agent),
    integrations: [integrations ?? [], tracing.integration].flat(),
  };
}
