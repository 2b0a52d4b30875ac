import { isFields, type Fields } from './sdk-shapes.ts';

/** Among the experimental capabilities of a server whose results are compressed already. One name for all versions. */
const CAPABILITY = 'headroom-hooks';

/** Whether these are capabilities of a proxy of ours: what it sends would else be compressed a second time. */
export function compressesAlready(capabilities: object | undefined): boolean {
  const { experimental } = (capabilities ?? {}) as Fields;
  return isFields(experimental) && CAPABILITY in experimental;
}

/** The capabilities of a server, as a proxy that compresses has them. */
export function compressingCapabilities(capabilities: object): object {
  const { experimental } = capabilities as Fields;
  return { ...capabilities, experimental: { ...(isFields(experimental) ? experimental : {}), [CAPABILITY]: {} } };
}
