/** The part of an OpenTelemetry span that the AI SDK calls by name here; it calls others too. */
export interface Span {
  setAttributes(attributes: SpanAttributes): unknown;
  setStatus(status: unknown): unknown;
  recordException(exception: unknown): unknown;
  end(...time: readonly unknown[]): void;
}

export type SpanAttributes = Readonly<Record<string, unknown>>;

/** A tracer of OpenTelemetry, by what the AI SDK needs of one. */
export interface Tracer {
  startSpan(name: string, ...rest: readonly unknown[]): Span;
  /** Last among `rest` is what is run with the span. */
  startActiveSpan(name: string, ...rest: readonly unknown[]): unknown;
}

/** Where `@opentelemetry/api` 1 keeps what an SDK registered, for all its copies in a process. */
const REGISTERED = Symbol.for('opentelemetry.js.api.1');

/** The tracer that the AI SDK would take by itself, or one that does nothing. */
export function registeredTracer(): Tracer {
  const { trace } = (Reflect.get(globalThis, REGISTERED) ?? {}) as { readonly trace?: TracerProvider };
  return trace?.getTracer('ai') ?? NO_TRACER;
}

interface TracerProvider {
  getTracer(name: string): Tracer;
}

const NO_SPAN = {
  spanContext: () => ({ traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 }),
  isRecording: () => false,
  end: () => {},
  recordException: () => {},
  setAttribute: () => NO_SPAN,
  setAttributes: () => NO_SPAN,
  addEvent: () => NO_SPAN,
  addLink: () => NO_SPAN,
  addLinks: () => NO_SPAN,
  setStatus: () => NO_SPAN,
  updateName: () => NO_SPAN,
} as unknown as Span;

export const NO_TRACER: Tracer = {
  startSpan: () => NO_SPAN,
  startActiveSpan: (_name, ...rest) => (rest.at(-1) as (span: Span) => unknown)(NO_SPAN),
};
