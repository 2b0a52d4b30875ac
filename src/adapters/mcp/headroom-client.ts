import { hasMethods } from '../../check-options.ts';
import { HeadroomError } from '../../headroom-error.ts';
import { currentRun } from '../../hooks/run-scope.ts';
import { compressesAlready } from './compressing-server.ts';
import { mcpApiOf, wireSession, type HeadroomMcpApi, type HeadroomMcpOptions, type ToolCall } from './mcp-wiring.ts';
import { isFields, type ToolClient } from './sdk-shapes.ts';
import { ToolSession } from './tool-session.ts';

/** Where a wrapped client has the client within. One name for all copies of the package. */
const UNDERLYING = Symbol.for('headroom.mcp-client');

type Method = (...parameters: readonly unknown[]) => unknown;

/**
 * The same client, whose `callTool` gives results with their texts in fewer tokens, and whose `listTools` has
 * `headroom_retrieve` with `loss: 'recoverable'`: calls of it are answered in the client. All else is the client's own.
 *
 * Wrapping twice compresses once, and what a proxy of ours sends is left as it is. Throws a `HeadroomError` for what is not
 * a client and for options that can not work.
 */
export function headroomClient<Client extends ToolClient>(
  client: Client,
  options: HeadroomMcpOptions = {},
): Client & HeadroomMcpApi {
  const problem = hasMethods('a client with callTool, such as a Client of the MCP SDK', 'callTool')(client);
  if (problem !== undefined) throw new HeadroomError('invalid-option', `What headroomClient wraps ${problem}.`);
  const wiring = wireSession('headroomClient', options);
  const inner = ((client as { readonly [UNDERLYING]?: Client })[UNDERLYING] ?? client) as Client &
    Record<string, Method>;
  const session = new ToolSession(wiring);
  const isPlain = (): boolean => compressesAlready(inner.getServerCapabilities?.());
  const own: Record<PropertyKey, unknown> = {
    [UNDERLYING]: inner,
    callTool: async (call: ToolCall, ...more: readonly unknown[]) => {
      const forward = async (): Promise<unknown> => (inner['callTool'] as Method)(call, ...more);
      if (isPlain() || typeof call?.name !== 'string') return forward();
      // An agent tells of the tools of its runs itself.
      return session.call(call, forward, { signal: signalIn(more), tellsOfTool: currentRun() === undefined });
    },
  };
  if (typeof inner.listTools === 'function') {
    own['listTools'] = async (...parameters: readonly unknown[]) => {
      const page = await (inner['listTools'] as Method)(...parameters);
      return isPlain() ? page : session.listed(page, parameters[0]);
    };
  }
  Object.defineProperties(own, Object.getOwnPropertyDescriptors(mcpApiOf(wiring)));
  return new Proxy<object>(inner, {
    get: (target, key) => (Object.hasOwn(own, key) ? Reflect.get(own, key) : readThrough(target, key)),
    has: (target, key) => Object.hasOwn(own, key) || key in target,
    set: (target, key, value) => Reflect.set(target, key, value),
  }) as Client & HeadroomMcpApi;
}

/** Methods of a class with private members work on its instances alone. */
function readThrough(client: object, key: PropertyKey): unknown {
  const value: unknown = Reflect.get(client, key);
  return typeof value === 'function' && key !== 'constructor' ? value.bind(client) : value;
}

function signalIn(parameters: readonly unknown[]): AbortSignal | undefined {
  for (const parameter of parameters) {
    if (isFields(parameter) && parameter['signal'] instanceof AbortSignal) return parameter['signal'];
  }
  return undefined;
}
