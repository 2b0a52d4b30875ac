import type { EventBus } from '../../events/bus.ts';
import { isFields, type Fields, type ProxyServer, type UpstreamClient, type WireRequest } from './sdk-shapes.ts';

/** What a `Server` gives to a handler besides the request, as far as it is read. */
export interface RequestExtra {
  readonly signal?: AbortSignal | undefined;
}

export interface ProxyEnds {
  readonly upstream: UpstreamClient;
  readonly server: ProxyServer;
  readonly events: EventBus;
}

/** Who asked gives up when it wants to, which cancels the request here too: the longest that a timer takes. */
const NO_TIMEOUT_MS = 2 ** 31 - 1;

/** Takes every result as it is. The client that asked checks it, by the schemas that it has. */
const ANY_RESULT = {
  parse: (value: unknown) => value,
  safeParse: (value: unknown) => ({ success: true, data: value }),
};

/** Asks upstream what was asked here: with its `_meta`, its progress, its cancellation, and its error as it came. */
export async function forwardRequest(
  { upstream, server, events }: ProxyEnds,
  { id, method, params }: WireRequest,
  { signal }: RequestExtra,
): Promise<unknown> {
  const progressToken = isFields(params?.['_meta']) ? params['_meta']['progressToken'] : undefined;
  const onprogress = (progress: Fields): void => {
    const notification = { method: 'notifications/progress', params: { ...progress, progressToken } };
    server.notification(notification as never, { relatedRequestId: id } as never).catch((error: unknown) => {
      events.fault('hook', 'The progress of a request could not be passed on.', error);
    });
  };
  const closed = new AbortController();
  const signals = signal === undefined ? [closed.signal] : [closed.signal, signal];
  try {
    return await upstream.request(
      { method, ...(params === undefined ? {} : { params }) } as never,
      ANY_RESULT as never,
      {
        signal: AbortSignal.any(signals),
        timeout: NO_TIMEOUT_MS,
        ...(progressToken === undefined ? {} : { onprogress }),
      } as never,
    );
  } catch (error) {
    // Older SDKs clear the timers of requests that a closed connection leaves open only if they are aborted.
    if (upstream.transport === undefined) closed.abort();
    throw withoutPrefix(error);
  }
}

/** The SDK writes the code in front of the message of an error that it receives, and would do so again further on. */
function withoutPrefix(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const prefix = `MCP error ${String(error.code)}: `;
  if (!error.message.startsWith(prefix)) return error;
  const { code } = error;
  const data = 'data' in error ? error.data : undefined;
  return Object.assign(new Error(error.message.slice(prefix.length), { cause: error }), { code, data });
}
