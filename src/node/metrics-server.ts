import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HeadroomError } from '../headroom-error.ts';

/** What the server tells. */
export interface MetricsPage {
  readonly contentType: string;
  metrics(): Promise<string>;
}

export interface MetricsServerOptions {
  readonly page: MetricsPage;
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
}

export interface MetricsServer {
  /** Where Prometheus finds the metrics. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Answers `GET /metrics`, and nothing else. It does not keep the process alive. Rejects with a `HeadroomError` when the
 * port can not be had.
 */
export async function openMetricsServer({ page, host, port }: MetricsServerOptions): Promise<MetricsServer> {
  const server = createServer((request, response) => void answer(page, request, response));
  await listen(server, { host, port });
  // A connection that breaks is its client's matter.
  server.on('error', () => {});
  server.unref();
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen({ host, port }, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const address = `Port ${port} of ${host}`;
  const remedy = 'give startHeadroomTelemetry another prometheusPort, or 0 for any that is free';
  if (error.code === 'EADDRINUSE') {
    return new HeadroomError('port-unavailable', `${address} is taken: ${remedy}.`, { cause: error });
  }
  if (error.code === 'EACCES') {
    return new HeadroomError('port-unavailable', `${address} may not be used by this process: ${remedy}.`, {
      cause: error,
    });
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new HeadroomError('invalid-option', `${host} is no address of this machine: give another prometheusHost.`, {
      cause: error,
    });
  }
  return error;
}

async function answer(page: MetricsPage, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '').split('?', 1)[0];
  if (path !== '/metrics') return refuse(response, 404);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, { allow: 'GET, HEAD' });
  try {
    const text = await page.metrics();
    response.writeHead(200, { 'content-type': page.contentType, 'content-length': Buffer.byteLength(text) });
    response.end(text);
  } catch {
    refuse(response, 500);
  }
}

function refuse(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  if (!response.headersSent) response.writeHead(status, headers);
  response.end();
}
