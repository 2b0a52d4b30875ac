import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { metricsOf, spansOf, type ReceivedMetric, type ReceivedSpan } from './otlp-content.ts';

export interface OtlpReceiver {
  readonly endpoint: string;
  readonly spans: readonly ReceivedSpan[];
  /** Of every request that was taken; later ones repeat the sums of earlier ones. */
  readonly metrics: readonly ReceivedMetric[];
  readonly requests: readonly { readonly path: string; readonly contentType: string; readonly headers: object }[];
  /** Everything that arrived, as text. */
  readonly raw: () => string;
  close(): Promise<void>;
}

/** A receiver of OTLP over HTTP in this process. It answers 503 to as many requests as `refuse` says, then takes all. */
export async function openOtlpReceiver({ refuse = 0 }: { readonly refuse?: number } = {}): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const metrics: ReceivedMetric[] = [];
  const requests: { path: string; contentType: string; headers: object }[] = [];
  const bodies: string[] = [];
  let refusals = refuse;

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const packed = Buffer.concat(chunks);
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(packed) : packed;
      const contentType = request.headers['content-type'] ?? '';
      requests.push({ path: request.url ?? '', contentType, headers: request.headers });
      if (refusals > 0) {
        refusals--;
        response.writeHead(503, { 'retry-after': '0' }).end();
        return;
      }
      const isJson = contentType === 'application/json';
      bodies.push(body.toString('latin1'));
      if (request.url === '/v1/traces') spans.push(...spansOf(body, isJson));
      if (request.url === '/v1/metrics') metrics.push(...metricsOf(body, isJson));
      response.writeHead(200, { 'content-type': contentType }).end(isJson ? '{}' : '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    spans,
    metrics,
    requests,
    raw: () => bodies.join('\n'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
