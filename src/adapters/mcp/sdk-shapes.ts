/**
 * What is used of a client: `Client` of `@modelcontextprotocol/sdk` and of `@modelcontextprotocol/client` have it, whatever
 * else their methods take. Written out here so that no version of the SDK is imported.
 */
export interface ToolClient {
  callTool(params: never, ...more: never[]): Promise<unknown>;
  listTools?(...params: never[]): Promise<unknown>;
  getServerCapabilities?(): object | undefined;
}

/** What a proxy uses of the client that is connected to the server behind it. */
export interface UpstreamClient {
  readonly transport: unknown;
  getServerCapabilities(): object | undefined;
  getServerVersion(): object | undefined;
  getInstructions?(): string | undefined;
  request(request: never, resultSchema: never, options?: never): Promise<unknown>;
  notification(notification: never, options?: never): Promise<void>;
  fallbackNotificationHandler?: unknown;
}

/** What a proxy uses of the `Server` that it is. */
export interface ProxyServer {
  readonly transport: unknown;
  notification(notification: never, options?: never): Promise<void>;
  removeRequestHandler(method: string): void;
  fallbackRequestHandler?: unknown;
  fallbackNotificationHandler?: unknown;
}

/** A request as it came over the wire. */
export interface WireRequest {
  readonly id: string | number;
  readonly method: string;
  readonly params?: Fields | undefined;
}

/** A notification as it came over the wire, or as it is to be sent. */
export interface WireNotification {
  readonly method: string;
  readonly params?: Fields | undefined;
}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
