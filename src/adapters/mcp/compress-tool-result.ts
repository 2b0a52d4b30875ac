import { checkOptions, isAnything, isString, type OptionChecks } from '../../check-options.ts';
import type { Decision } from '../../compression/decision.ts';
import { createEngineMemo } from '../../compression/engine-memo.ts';
import { summarize, type OptimizationMetrics } from '../../compression/metrics.ts';
import { familyOf, optimizeWith, type OptimizeContext } from '../../compression/optimize-messages.ts';
import { ENGINE_OPTION_CHECKS, resolveOptions, type OptimizeOptions } from '../../compression/options.ts';
import { checkTokenLimits } from '../../compression/token-limits.ts';
import { isFields, type Fields } from './sdk-shapes.ts';

/** The options of `optimizeMessages`, and what is known of the call. A result stands for itself: it refers to no other. */
export interface CompressToolResultOptions extends Omit<OptimizeOptions, 'references'> {
  readonly toolName?: string | undefined;
  /** The arguments of the call: with the query they tell what stays where something is left out. */
  readonly arguments?: unknown;
  /** What was asked, in plain words. */
  readonly query?: string | undefined;
}

export interface CompressedToolResult<Result> {
  /** The very object that was given when nothing changed; else a copy that shares all that did not. */
  readonly result: Result;
  readonly metrics: OptimizationMetrics;
  /** One per text that the model reads, in order: `partIndex` is its index in `content`. */
  readonly decisions: readonly Decision[];
}

const { references: _references, ...ENGINE_CHECKS } = ENGINE_OPTION_CHECKS;

export const RESULT_OPTION_CHECKS = { ...ENGINE_CHECKS, model: isString, provider: isString } as const;

const CHECKS: OptionChecks<CompressToolResultOptions> = {
  ...RESULT_OPTION_CHECKS,
  signal: isAnything,
  toolName: isString,
  arguments: isAnything,
  query: (value) => (typeof value === 'string' ? undefined : 'has to be a string'),
};

/** One for the process, however many sessions it has: what it holds depends on texts alone. */
export const sharedMemo = createEngineMemo();

/**
 * Rewrites the texts of a `CallToolResult` in fewer tokens, and touches nothing else: images, audio, resources and links to
 * them, `structuredContent`, annotations, `_meta`, a result that `isError`, and texts that are not meant for the model.
 *
 * A function of the result and the options alone: the same result becomes the same text, whatever came before it. Rejects
 * with a `HeadroomError` for options that can not work, and for nothing else.
 */
export async function compressToolResult<Result>(
  result: Result,
  options: CompressToolResultOptions = {},
): Promise<CompressedToolResult<Result>> {
  checkOptions('compressToolResult', options, CHECKS);
  checkTokenLimits('compressToolResult', options);
  const { toolName, arguments: input, query, ...engine } = options;
  return compressWith(
    result,
    { toolName, input, query },
    {
      settings: resolveOptions({ ...engine, references: false }),
      family: familyOf(options),
      memo: sharedMemo,
      onFault: () => {},
    },
  );
}

export interface CallOfResult {
  readonly toolName: string | undefined;
  readonly input: unknown;
  readonly query: string | undefined;
  readonly toolCallId?: string | undefined;
}

/** `compressToolResult` for callers that hold on to their settings. Never rejects. */
export async function compressWith<Result>(
  result: Result,
  call: CallOfResult,
  context: OptimizeContext,
): Promise<CompressedToolResult<Result>> {
  try {
    const content = contentOf(result);
    if (content === undefined) return untouched(result);
    const blocks = content.map((block) => (isForModel(block) ? block : NOT_FOR_MODEL));
    const { messages, metrics, decisions } = await optimizeWith(
      conversationOf(call, result as Fields, blocks),
      context,
    );
    const written = contentIn(messages) ?? blocks;
    return {
      result: written === blocks ? result : { ...result, content: restoreOthers(written, content) },
      metrics,
      decisions: decisions.map((decision) => placeOf(decision, call)),
    };
  } catch (error) {
    // A getter or proxy of the caller's that throws.
    context.onFault('compression', call.toolName ?? 'unknown', error);
    return untouched(result);
  }
}

const CALL_ID = 'call';

/** A result as the engine reads it: the answer to a call in a conversation. Only blocks are shared with the result. */
function conversationOf(
  { toolName, input, query = '' }: CallOfResult,
  { isError }: Fields,
  blocks: readonly unknown[],
): readonly unknown[] {
  const call = { type: 'tool_use', id: CALL_ID, name: toolName, input };
  const answer = { type: 'tool_result', tool_use_id: CALL_ID, is_error: Boolean(isError), content: blocks };
  return [
    { role: 'user', content: query },
    { role: 'assistant', content: [call] },
    { role: 'user', content: [answer] },
  ];
}

function contentIn(messages: readonly unknown[]): readonly unknown[] | undefined {
  const { content } = messages[2] as { readonly content: readonly unknown[] };
  return contentOf(content[0]);
}

function contentOf(value: unknown): readonly unknown[] | undefined {
  return isFields(value) && Array.isArray(value['content']) ? (value['content'] as readonly unknown[]) : undefined;
}

const NOT_FOR_MODEL = Object.freeze({});

/** A server may say for whom a text is: what a person is shown is not ours to rewrite. */
function isForModel(block: unknown): boolean {
  if (!isFields(block)) return false;
  const { annotations } = block;
  const audience = isFields(annotations) ? annotations['audience'] : undefined;
  return !Array.isArray(audience) || audience.length === 0 || audience.includes('assistant');
}

function restoreOthers(written: readonly unknown[], given: readonly unknown[]): readonly unknown[] {
  return written.map((block, index) => (block === NOT_FOR_MODEL ? given[index] : block));
}

function placeOf({ blockIndex, ...decision }: Decision, { toolCallId }: CallOfResult): Decision {
  return { ...decision, messageIndex: 0, partIndex: blockIndex, toolCallId };
}

function untouched<Result>(result: Result): CompressedToolResult<Result> {
  return { result, metrics: summarize([], 0), decisions: [] };
}
