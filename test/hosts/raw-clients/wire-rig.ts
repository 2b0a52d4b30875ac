import { afterEach } from 'vitest';
import { headroomFetch, headroomMiddleware, type HeadroomClientApi } from '../../../src/adapters/fetch.ts';
import type { HeadroomClientOptions } from '../../../src/adapters/fetch.ts';
import type { HeadroomEvent } from '../../../src/events/event.ts';
import { createHeadroomHooks, type HeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { fixedClock, recordEvents, type FixedClock } from '../../../src/testing.ts';
import type { WireScenario } from '../wire/scenario.ts';
import { startWireServer, type WireServer } from '../wire/wire-server.ts';
import type { ClientSettings, ClientVersion } from './client-versions.ts';

const servers: WireServer[] = [];

/** A provider that closes with the test. */
export async function serve(scenario: WireScenario): Promise<WireServer> {
  const server = await startWireServer(scenario);
  servers.push(server);
  return server;
}

/** To be called once in a file of tests. */
export function closeServersAfterEach(): void {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
}

export interface WireRig {
  // oxlint-disable-next-line typescript/no-explicit-any -- a client of any version
  readonly client: any;
  readonly compressing: HeadroomClientApi;
  readonly hooks: HeadroomHooks;
  readonly events: readonly HeadroomEvent[];
  readonly clock: FixedClock;
}

/** A client with us in it. */
export function connect(
  version: ClientVersion,
  as: 'fetch' | 'middleware',
  settings: Omit<ClientSettings, 'fetch' | 'middleware'>,
  options: HeadroomClientOptions = {},
): WireRig {
  const clock = fixedClock();
  const hooks = createHeadroomHooks({ clock });
  const events = recordEvents(hooks.events);
  const all = { events: hooks.events, clock, ...options };
  const compressing = as === 'fetch' ? headroomFetch(all) : headroomMiddleware(all);
  const place = as === 'fetch' ? { fetch: compressing } : { middleware: [compressing] };
  return { client: version.connect({ ...settings, ...place }), compressing, hooks, events, clock };
}

/** Whichever way a client can have us. */
export function waysOf(version: ClientVersion): readonly ('fetch' | 'middleware')[] {
  return version.hasMiddleware ? ['fetch', 'middleware'] : ['fetch'];
}
