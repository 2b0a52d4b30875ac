import { hasMethods } from '../../check-options.ts';
import { HeadroomError } from '../../headroom-error.ts';
import { compressesAlready, compressingCapabilities } from './compressing-server.ts';
import { forwardNotifications } from './forward-notifications.ts';
import { forwardRequest, type RequestExtra } from './forward-request.ts';
import { mcpApiOf, wireSession, type HeadroomMcpApi, type HeadroomMcpOptions, type ToolCall } from './mcp-wiring.ts';
import type { ProxyServer, UpstreamClient, WireNotification, WireRequest } from './sdk-shapes.ts';
import { ToolSession } from './tool-session.ts';

/**
 * Makes a `Server` that stands for the server that `upstream` is connected to: what is asked of it is asked there, and what
 * is answered is passed on as it came, but for the results of tools, whose texts are in fewer tokens. With
 * `loss: 'recoverable'` it lists `headroom_retrieve` too, and answers its calls itself.
 *
 * `Server` is the class of the SDK, so that the proxy is of the version that you have installed. A server has one
 * connection, so make one for each session. Throws a `HeadroomError` for a client that is not connected and for options
 * that can not work.
 */
export function createHeadroomProxy<SdkServer extends ProxyServer>(
  Server: new (serverInfo: never, options: never) => SdkServer,
  upstream: UpstreamClient,
  options: HeadroomMcpOptions = {},
): SdkServer & HeadroomMcpApi {
  const capabilities = capabilitiesOf(upstream);
  const wiring = wireSession('createHeadroomProxy', options);
  const { events } = wiring;
  const isPlain = compressesAlready(capabilities);
  const compresses = !isPlain && (options.mode ?? 'optimize') === 'optimize';
  const server = new Server(
    upstream.getServerVersion() as never,
    {
      capabilities: compresses ? compressingCapabilities(capabilities) : capabilities,
      instructions: upstream.getInstructions?.(),
    } as never,
  );
  // The class answers it by itself, and the server behind would not hear of it.
  server.removeRequestHandler('logging/setLevel');
  const session = new ToolSession(wiring);
  const handleRequest = async (request: WireRequest, extra: RequestExtra): Promise<unknown> => {
    const forward = (): Promise<unknown> => forwardRequest({ upstream, server, events }, request, extra);
    if (isPlain) return forward();
    const { method, params } = request;
    if (method === 'tools/list') return session.listed(await forward(), params);
    if (method !== 'tools/call' || typeof params?.['name'] !== 'string') return forward();
    const call = params as unknown as ToolCall;
    return session.call(call, forward, { signal: extra.signal, tellsOfTool: true });
  };
  server.fallbackRequestHandler = handleRequest;
  server.fallbackNotificationHandler = async (notification: WireNotification): Promise<void> => {
    // Roots are those of the client upstream, which answers for them.
    if (notification.method === 'notifications/roots/list_changed') return;
    const { method, params } = notification;
    await upstream.notification({ method, ...(params === undefined ? {} : { params }) } as never);
  };
  forwardNotifications({ upstream, server, events });
  return Object.defineProperties(server, Object.getOwnPropertyDescriptors(mcpApiOf(wiring))) as SdkServer &
    HeadroomMcpApi;
}

function capabilitiesOf(upstream: UpstreamClient): object {
  const isClient = hasMethods('a Client of the MCP SDK', 'request', 'getServerCapabilities', 'getServerVersion');
  const problem = isClient(upstream);
  if (problem !== undefined) {
    throw new HeadroomError('invalid-option', `What createHeadroomProxy stands before ${problem}.`);
  }
  const capabilities = upstream.getServerCapabilities();
  if (capabilities !== undefined) return capabilities;
  throw new HeadroomError(
    'invalid-option',
    'createHeadroomProxy needs a client that is connected: await upstream.connect(transport) first.',
  );
}
