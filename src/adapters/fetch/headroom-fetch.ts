import { isFunction } from '../../check-options.ts';
import { HeadroomError } from '../../headroom-error.ts';
import { apiOf } from './client-call.ts';
import { wireClient, withClientApi, type HeadroomClientApi, type HeadroomClientOptions } from './client-wiring.ts';
import { exchange } from './exchange.ts';
import { withLength } from './with-length.ts';

type Fetch = typeof globalThis.fetch;

export interface HeadroomFetchOptions extends HeadroomClientOptions {
  /** What sends the requests. @default the `fetch` of the process */
  readonly fetch?: Fetch | undefined;
}

/** A `fetch` that compresses, and what it tells of it. */
export type HeadroomFetch = Fetch & HeadroomClientApi;

/**
 * A `fetch` for clients of OpenAI, of Anthropic, and of every API that speaks as theirs do. Of requests that call a model
 * it rewrites the tool results in fewer tokens, in the text of the body, where every other character stays; and it tells
 * `events` of the call. All other requests, and all responses, are those of the `fetch` within.
 *
 * Throws a `HeadroomError` for options that can not work.
 */
export function headroomFetch({ fetch: inner, ...options }: HeadroomFetchOptions = {}): HeadroomFetch {
  const problem = inner === undefined ? undefined : isFunction(inner);
  if (problem !== undefined) throw new HeadroomError('invalid-option', `Option "fetch" of headroomFetch ${problem}.`);
  const wiring = wireClient('headroomFetch', options);
  // Looked up for each request: tests and instrumentations put theirs in its place.
  const send: Fetch = inner ?? ((input, init) => globalThis.fetch(input, init));
  const wrapped: Fetch = async (input, init) => {
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : undefined;
    const api = url === undefined ? undefined : apiOf(init?.method ?? 'GET', url);
    if (url === undefined || api === undefined || typeof init?.body !== 'string') return send(input, init);
    const request = {
      api,
      url,
      body: init.body,
      signal: init.signal ?? undefined,
      isSigned: isSigned(init.headers),
    };
    return exchange(wiring, request, (body) => send(input, body === init.body ? init : withBody(init, body)));
  };
  return withClientApi(wrapped, wiring);
}

/** What says that somebody vouched for the very bytes of the body. */
const DIGESTS = ['x-amz-content-sha256', 'content-digest', 'digest', 'content-md5', 'signature-input'];

/** AWS signs requests to Bedrock; other headers are those of RFC 9421, RFC 9530 and their forerunners. */
function isSigned(given: HeadersInit | undefined): boolean {
  if (given === undefined) return false;
  const headers = new Headers(given);
  return (headers.get('authorization') ?? '').startsWith('AWS4-') || DIGESTS.some((name) => headers.has(name));
}

function withBody(init: RequestInit, body: string): RequestInit {
  const headers = new Headers(init.headers);
  const sized = withLength(headers, body);
  return sized === headers ? { ...init, body } : { ...init, body, headers: sized };
}
