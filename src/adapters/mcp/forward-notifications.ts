import type { ProxyEnds } from './forward-request.ts';
import type { ProxyServer, UpstreamClient, WireNotification } from './sdk-shapes.ts';

type Handler = (notification: WireNotification) => Promise<void>;

/** Held weakly: a session that is over is nobody's, and a client may outlive thousands. */
const proxiesOf = new WeakMap<UpstreamClient, Set<WeakRef<ProxyEnds>>>();

/** Keeps the ends of a proxy for as long as its server is there. */
const endsOf = new WeakMap<ProxyServer, ProxyEnds>();

/**
 * Passes on what the server upstream notifies of: changes of lists and resources, log messages, and all that no handler of
 * the client takes. A handler for the rest that the client has already is called first, as before.
 */
export function forwardNotifications(ends: ProxyEnds): void {
  const { upstream, server } = ends;
  const proxies = proxiesOf.get(upstream) ?? install(upstream);
  endsOf.set(server, ends);
  for (const proxy of proxies) if (proxy.deref() === undefined) proxies.delete(proxy);
  proxies.add(new WeakRef(ends));
}

function install(upstream: UpstreamClient): Set<WeakRef<ProxyEnds>> {
  const proxies = new Set<WeakRef<ProxyEnds>>();
  proxiesOf.set(upstream, proxies);
  const before = upstream.fallbackNotificationHandler as Handler | undefined;
  const handler: Handler = async (notification) => {
    for (const proxy of proxies) {
      const ends = proxy.deref();
      if (ends === undefined) proxies.delete(proxy);
      else void pass(ends, notification);
    }
    await before?.(notification);
  };
  upstream.fallbackNotificationHandler = handler;
  return proxies;
}

/** In the order in which they came: what is awaited here is that one of them was sent. */
async function pass({ server, events }: ProxyEnds, { method, params }: WireNotification): Promise<void> {
  if (server.transport === undefined) return;
  try {
    await server.notification({ method, ...(params === undefined ? {} : { params }) } as never);
  } catch (error) {
    events.fault('hook', 'A notification of the server upstream could not be passed on.', error);
  }
}
