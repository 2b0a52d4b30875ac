import { AsyncLocalStorage } from 'node:async_hooks';

/** A call of a model that is being made, compressed and told of by who makes it. */
interface CallScope {
  /** What its messages are, or `ANY_PROMPT`. */
  readonly prompt: unknown;
  /** Until the provider has answered. What reads a stream later may still run in what the call left behind. */
  isOpen: boolean;
}

/** Where a host writes messages anew in a shape of its own. */
const ANY_PROMPT = Symbol.for('headroom.any-prompt');

/** One for the process, so that two installed copies of the package see each other's calls. */
const key = Symbol.for('headroom.call-scope');
const shared = globalThis as { [key]?: AsyncLocalStorage<CallScope> };
const storage = (shared[key] ??= new AsyncLocalStorage<CallScope>());

/** Makes a call with a prompt that is compressed already, up to its answer. */
export async function withinCallOf<Result>(prompt: unknown, call: () => PromiseLike<Result>): Promise<Result> {
  const scope: CallScope = { prompt, isOpen: true };
  try {
    return await storage.run(scope, call);
  } finally {
    scope.isOpen = false;
  }
}

/** Marks whatever calls of models are made within `call`, for hosts that make all of such a call anew on its way. */
export function withinCompressedCall<Result>(call: () => Result): Result {
  return storage.run({ prompt: ANY_PROMPT, isOpen: true }, call);
}

/**
 * Whether a call with this prompt is part of one that is being made. Hosts copy options and messages on their way, so
 * that what these say has to tell it from a call that a model makes for a purpose of its own.
 */
export function isWithinCall(prompt: unknown): boolean {
  const scope = storage.getStore();
  return scope?.isOpen === true && (scope.prompt === ANY_PROMPT || saysTheSame(scope.prompt, prompt));
}

interface Said {
  readonly role?: unknown;
  readonly content?: unknown;
  readonly text?: unknown;
  readonly toolCallId?: unknown;
}

function saysTheSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((part: Said | null, index) => {
    const said = part ?? {};
    const { role, content, text, toolCallId } = (other as readonly (Said | null)[])[index] ?? {};
    if (said.role !== role || said.text !== text || said.toolCallId !== toolCallId) return false;
    return typeof said.content === 'string' ? said.content === content : saysTheSame(said.content, content);
  });
}
