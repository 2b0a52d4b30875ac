/**
 * The part of what VoltAgent gives its hooks that is read. Written out here so that the package needs no VoltAgent to be
 * built; a test beside an installed one holds that its types fit.
 */
export interface OperationContext {
  readonly conversationId?: string | undefined;
  /** An agent that works for another shares the one of that agent. */
  readonly abortController: { readonly signal: AbortSignal };
  readonly systemContext: { get(key: string): unknown };
  readonly input?: unknown;
}

export interface StartArguments {
  readonly agent: { readonly name: string; readonly model: unknown };
  readonly context: OperationContext;
}

export interface OperationArguments {
  readonly context: OperationContext;
}

export interface StepArguments extends OperationArguments {
  readonly step?: unknown;
}

export interface ToolStartArguments extends OperationArguments {
  readonly tool: { readonly name: string };
  readonly args?: unknown;
  readonly options?: { readonly toolContext?: { readonly callId: string } | undefined } | undefined;
}

export interface ToolEndArguments extends Omit<ToolStartArguments, 'args'> {
  readonly output?: unknown;
  readonly error?: unknown;
}

export interface ErrorArguments extends OperationArguments {
  readonly error: unknown;
}

export interface EndArguments extends OperationArguments {
  /** `undefined` when it failed. */
  readonly output?: unknown;
  readonly error?: unknown;
}

/** Hooks of an agent's own, those that are wrapped. What they are given is VoltAgent's. */
export interface OwnAgentHooks {
  readonly onStart?: ((args: never) => unknown) | undefined;
  readonly onStepFinish?: ((args: never) => unknown) | undefined;
  readonly onToolStart?: ((args: never) => unknown) | undefined;
  readonly onToolEnd?: ((args: never) => unknown) | undefined;
  readonly onError?: ((args: never) => unknown) | undefined;
  readonly onEnd?: ((args: never) => unknown) | undefined;
}
