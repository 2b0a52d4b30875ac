import { textAt } from '../field-of.ts';

/**
 * The part of what LangChain gives `wrapModelCall` that is read. Written out here so that the package needs no LangChain
 * to be built; a test beside an installed one holds that its types fit.
 */
export interface ModelCallRequest {
  readonly model: unknown;
  readonly messages: readonly object[];
  /** A message of the system, which is sent before the others. */
  readonly systemMessage?: object | undefined;
  readonly tools?: readonly unknown[] | undefined;
  readonly modelSettings?: unknown;
  readonly runtime?: NodeRuntime | undefined;
}

/** What a node of a graph knows of where it runs. */
export interface NodeRuntime {
  readonly configurable?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** A call of the model: the message that it answers with, or what LangChain made of it. */
export type ModelAnswer = object;

/** The place of a node in its graph, `model_request:<id of the task>`: no two tasks share one. */
export function placeOf(runtime: NodeRuntime | undefined): string | undefined {
  return textAt(runtime?.configurable, 'checkpoint_ns');
}

/** The thread that the checkpointer keeps the conversation under. */
export function threadOf(runtime: NodeRuntime | undefined): string | undefined {
  return textAt(runtime?.configurable, 'thread_id');
}
