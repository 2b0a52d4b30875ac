import { METRICS, TRACES } from './otlp-schema.ts';
import { readProtobuf, type Message, type Value } from './read-protobuf.ts';

export type Attributes = Readonly<Record<string, unknown>>;

export interface ReceivedSpan {
  readonly service: unknown;
  readonly scope: string;
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly statusCode: number;
  readonly attributes: Attributes;
  readonly events: readonly { readonly name: string; readonly attributes: Attributes }[];
  readonly linkedSpanIds: readonly string[];
}

export interface ReceivedMetric {
  readonly service: unknown;
  readonly scope: string;
  readonly name: string;
  readonly unit: string;
  readonly kind: 'gauge' | 'sum' | 'histogram';
  readonly isMonotonic: boolean;
  readonly points: readonly {
    readonly attributes: Attributes;
    /** Of a histogram, its sum. */
    readonly value: number;
    readonly count: number;
    readonly bounds: readonly number[];
  }[];
}

/** The spans of a request to `/v1/traces`, in either encoding. */
export function spansOf(body: Buffer, isJson: boolean): readonly ReceivedSpan[] {
  const request = isJson ? fromJson(JSON.parse(body.toString('utf8'))) : readProtobuf(body, TRACES);
  return nested(request, 'resourceSpans').flatMap((ofResource) =>
    nested(ofResource, 'scopeSpans').flatMap((ofScope) =>
      nested(ofScope, 'spans').map((span) => ({
        ...originOf(ofResource, ofScope),
        name: text(span, 'name'),
        kind: number(span, 'kind'),
        traceId: hex(span, 'traceId'),
        spanId: hex(span, 'spanId'),
        parentSpanId: hex(span, 'parentSpanId'),
        statusCode: number(nested(span, 'status')[0] ?? {}, 'code'),
        attributes: attributesOf(span),
        events: nested(span, 'events').map((event) => ({ name: text(event, 'name'), attributes: attributesOf(event) })),
        linkedSpanIds: nested(span, 'links').map((link) => hex(link, 'spanId')),
      })),
    ),
  );
}

/** The metrics of a request to `/v1/metrics`, in either encoding. */
export function metricsOf(body: Buffer, isJson: boolean): readonly ReceivedMetric[] {
  const request = isJson ? fromJson(JSON.parse(body.toString('utf8'))) : readProtobuf(body, METRICS);
  return nested(request, 'resourceMetrics').flatMap((ofResource) =>
    nested(ofResource, 'scopeMetrics').flatMap((ofScope) =>
      nested(ofScope, 'metrics').map((metric) => {
        const kind = (['gauge', 'sum', 'histogram'] as const).find((name) => metric[name] !== undefined) ?? 'gauge';
        const data = nested(metric, kind)[0] ?? {};
        return {
          ...originOf(ofResource, ofScope),
          name: text(metric, 'name'),
          unit: text(metric, 'unit'),
          kind,
          isMonotonic: data['isMonotonic']?.[0] === true,
          points: nested(data, 'dataPoints').map((point) => ({
            attributes: attributesOf(point),
            value: kind === 'histogram' ? number(point, 'sum') : number(point, 'asDouble') + number(point, 'asInt'),
            count: number(point, 'count'),
            bounds: (point['explicitBounds'] ?? []).map(Number),
          })),
        };
      }),
    ),
  );
}

function originOf(ofResource: Message, ofScope: Message): { readonly service: unknown; readonly scope: string } {
  const resource = attributesOf(nested(ofResource, 'resource')[0] ?? {});
  return { service: resource['service.name'], scope: text(nested(ofScope, 'scope')[0] ?? {}, 'name') };
}

function attributesOf(message: Message): Attributes {
  return Object.fromEntries(
    nested(message, 'attributes').map((pair) => [text(pair, 'key'), plain(nested(pair, 'value')[0] ?? {})]),
  );
}

function plain(value: Message): unknown {
  const [kind = ''] = Object.keys(value);
  const content = value[kind]?.[0];
  if (kind === 'arrayValue') return nested(content as Message, 'values').map(plain);
  return kind === 'intValue' || kind === 'doubleValue' ? Number(content) : content;
}

/** The shape that `readProtobuf` returns, so that one reader does for both. */
function fromJson(value: unknown): Message {
  const toValue = (one: unknown): Value =>
    typeof one === 'object' && one !== null ? fromJson(one) : (one as string | number | boolean);
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, unknown>>)
      .filter(([, field]) => field !== undefined && field !== null)
      .map(([name, field]) => [name, Array.isArray(field) ? field.map(toValue) : [toValue(field)]]),
  );
}

function nested(message: Message, name: string): readonly Message[] {
  return (message[name] ?? []) as readonly Message[];
}

function text(message: Message, name: string): string {
  const [value] = message[name] ?? [];
  return typeof value === 'string' ? value : '';
}

function number(message: Message, name: string): number {
  return Number(message[name]?.[0] ?? 0);
}

/** Ids are bytes in protobuf and hexadecimal digits in JSON. */
function hex(message: Message, name: string): string {
  const [value] = message[name] ?? [];
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : text(message, name);
}
