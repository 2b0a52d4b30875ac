/**
 * The part of the OpenAI Agents SDK that is used. Written out here so that the package needs no SDK to be built; a test
 * beside installed ones holds that their types fit.
 */

/** A model, by which name it was asked for. */
export interface AgentsModel {
  getResponse(request: never): Promise<unknown>;
  getStreamedResponse(request: never): AsyncIterable<unknown>;
}

export interface AgentsModelProvider {
  getModel(modelName?: string): unknown;
}

/** What a model is called with. */
export interface AgentsModelRequest {
  readonly systemInstructions?: string | undefined;
  readonly input: string | readonly unknown[];
  readonly tools?: readonly unknown[] | undefined;
  readonly modelSettings?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** A runner: it runs agents, and tells its listeners of what they do. */
export interface AgentsRunner {
  readonly config: object;
  on(type: never, listener: never): unknown;
  run(...call: never): Promise<unknown>;
}

/** The runner's own events, by the names of their arguments. */
export interface RunnerEvents {
  readonly agent_handoff: readonly [context: unknown, from: unknown, to: unknown];
  readonly agent_tool_start: readonly [context: unknown, agent: unknown, tool: unknown, details: unknown];
  readonly agent_tool_end: readonly [
    context: unknown,
    agent: unknown,
    tool: unknown,
    result: unknown,
    details: unknown,
  ];
}
