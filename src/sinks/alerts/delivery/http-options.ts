import { isFunction, isPositive, isString, type OptionChecks } from '../../../check-options.ts';
import { HeadroomError } from '../../../headroom-error.ts';
import type { PostTarget } from './post-json.ts';

export interface HttpDestinationOptions {
  /** May hold a secret: it is in no event, error or figure. A user and password in it become a header. */
  readonly url: string;
  /** Sent with each request, such as `authorization`. As secret as `url`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Names the destination in faults and figures. */
  readonly name?: string | undefined;
  /** Longest time for one attempt. @default 5 seconds */
  readonly timeoutMs?: number | undefined;
  /** Tells an alert again after this long, while it is firing. */
  readonly repeatIntervalMs?: number | undefined;
  /** Where an alert links to: a dashboard, a page of yours. */
  readonly generatorUrl?: string | undefined;
  /** @default globalThis.fetch */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

export const DESTINATION_NAME = /^[\w.-]{1,60}$/;
const LONGEST_DELAY_MS = 2 ** 31 - 1;

export const HTTP_CHECKS: OptionChecks<HttpDestinationOptions> = {
  url: isString,
  headers: isHeaders,
  name: isDestinationName,
  timeoutMs: isDelay,
  repeatIntervalMs: isDelay,
  generatorUrl: isString,
  fetch: isFunction,
};

/** Where to post. Throws a `HeadroomError`, which does not quote it, for an address that can not be one. */
export function postTargetOf(owner: string, options: HttpDestinationOptions, path = ''): PostTarget {
  const url = URL.canParse(options.url) ? new URL(options.url) : undefined;
  const authorization = url === undefined ? undefined : basicAuthorization(url);
  if (url === undefined || !/^https?:$/.test(url.protocol) || authorization === undefined) {
    throw new HeadroomError('invalid-option', `Option "url" of ${owner} has to be an address that begins with http.`);
  }
  // fetch refuses an address with a password in it.
  url.username = '';
  url.password = '';
  if (path !== '' && !url.pathname.endsWith(path)) url.pathname = url.pathname.replace(/\/$/, '') + path;
  const { fetch } = options;
  return {
    url: url.href,
    headers: { ...authorization, ...options.headers },
    fetch: fetch ?? ((...request) => globalThis.fetch(...request)),
  };
}

/** The header for a user and password in an address; `undefined` when they can not be read. */
function basicAuthorization({ username, password }: URL): Readonly<Record<string, string>> | undefined {
  if (username === '' && password === '') return {};
  try {
    const bytes = new TextEncoder().encode(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
    return { authorization: `Basic ${btoa(String.fromCodePoint(...bytes))}` };
  } catch {
    return undefined;
  }
}

export function isDestinationName(value: unknown): string | undefined {
  const isName = typeof value === 'string' && DESTINATION_NAME.test(value);
  return isName ? undefined : 'has to be of letters, digits, "_", "-" and ".", at most 60';
}

function isDelay(value: unknown): string | undefined {
  return isPositive(value) ?? (Number(value) > LONGEST_DELAY_MS ? `has to be ${LONGEST_DELAY_MS} or less` : undefined);
}

function isHeaders(value: unknown): string | undefined {
  const values: readonly unknown[] = typeof value === 'object' && value !== null ? Object.values(value) : [undefined];
  return values.every((one) => typeof one === 'string') ? undefined : 'has to be an object of header values';
}
