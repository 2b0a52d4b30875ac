import { apiOf } from './client-call.ts';
import { wireClient, withClientApi, type HeadroomClientApi, type HeadroomClientOptions } from './client-wiring.ts';
import { exchange } from './exchange.ts';
import { withLength } from './with-length.ts';

/** What `@anthropic-ai/sdk` gives to middleware, as far as it is read. */
export interface MiddlewareRequest {
  url: string;
  method?: string | undefined;
  headers: Headers;
  body?: unknown;
  signal?: AbortSignal | null | undefined;
}

/** A middleware that compresses, and what it tells of it. */
export type HeadroomMiddleware = (<Request extends MiddlewareRequest>(
  request: Request,
  next: (request: Request) => Promise<Response>,
) => Promise<Response>) &
  HeadroomClientApi;

/**
 * Does what `headroomFetch` does, as a middleware of `@anthropic-ai/sdk` 0.101 and newer:
 * `new Anthropic({ middleware: [headroomMiddleware({ events })] })`. It runs before requests to Bedrock, Vertex AI and
 * Foundry are adapted and signed, so that it works there too.
 *
 * Throws a `HeadroomError` for options that can not work.
 */
export function headroomMiddleware(options: HeadroomClientOptions = {}): HeadroomMiddleware {
  const wiring = wireClient('headroomMiddleware', options);
  const middleware = async <Request extends MiddlewareRequest>(
    request: Request,
    next: (request: Request) => Promise<Response>,
  ): Promise<Response> => {
    const { url, body: given, method = 'GET' } = request;
    const api = apiOf(method, url);
    if (api === undefined || typeof given !== 'string') return next(request);
    const { signal, headers } = request;
    return exchange(wiring, { api, url, body: given, signal: signal ?? undefined, isSigned: false }, (body) =>
      next(body === given ? request : { ...request, body, headers: withLength(headers, body) }),
    );
  };
  return withClientApi(middleware, wiring);
}
