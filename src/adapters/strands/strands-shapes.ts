/**
 * The part of Strands that is used. Written out here so that the package needs no Strands to be built; a test beside an
 * installed one holds that its types fit.
 */
export interface StrandsAgent {
  readonly id: string;
  readonly messages: readonly object[];
  readonly model: object;
  readonly cancelSignal: AbortSignal;
  readonly toolRegistry: {
    get(name: string): unknown;
    add(tool: never): void;
  };
  addHook(eventType: never, callback: (event: never) => void | Promise<void>, options?: HookOptions): unknown;
  addMiddleware(stage: never, handler: never): unknown;
}

export interface HookOptions {
  order?: number;
}

/** A graph or a swarm. */
export interface StrandsOrchestrator {
  readonly id: string;
  addHook(eventType: never, callback: (event: never) => void | Promise<void>): unknown;
}

/** The classes and tokens by which hooks and middleware are registered: the copy of the package that the agent is of. */
export interface StrandsSdk {
  readonly BeforeInvocationEvent: object;
  readonly AfterInvocationEvent: object;
  readonly AgentResultEvent: object;
  readonly InvokeModelStage: object;
  readonly ExecuteToolStage: object;
  readonly TextBlock: new (text: string) => object;
  readonly ToolResultBlock: new (result: {
    toolUseId: string;
    status: 'success' | 'error';
    content: never[];
  }) => object;
}

export interface StrandsMultiAgent {
  readonly BeforeMultiAgentInvocationEvent: object;
  readonly AfterMultiAgentInvocationEvent: object;
  readonly BeforeNodeCallEvent: object;
}

export interface BeforeInvocation {
  /** Set by a hook that keeps the agent from being run. */
  readonly cancel?: boolean | string;
}

export interface AgentResult {
  readonly result: { readonly stopReason: string; readonly lastMessage: unknown };
}

export interface ModelContext {
  readonly agent: StrandsAgent;
  /** The model of this call, in versions of Strands that say it. */
  readonly model?: object;
  readonly systemPrompt?: unknown;
  readonly messages: readonly object[];
  readonly toolSpecs: readonly object[];
}

export interface ModelResult {
  readonly result: {
    readonly stopReason: string;
    readonly metadata?: { readonly usage?: unknown };
    readonly message?: object;
  };
}

export interface ToolContext {
  readonly agent: StrandsAgent;
  readonly toolUse: { readonly name: string; readonly toolUseId: string; readonly input: unknown };
}

export interface ToolResult {
  readonly result: { readonly status: 'success' | 'error'; readonly error?: unknown; readonly content?: unknown };
}

/** A way through a stage: what is yielded is an event of the agent's stream. */
export type Stage<Context, Result> = (context: Context) => AsyncGenerator<unknown, Result, undefined>;

/** What hooks of a graph or a swarm are told. */
export interface NodeCall {
  readonly orchestrator: StrandsOrchestrator & { readonly nodes?: ReadonlyMap<string, unknown> };
  /** One for an invocation, or for an invocation and those that go on from its interrupts. */
  readonly state: OrchestratorState;
  readonly nodeId: string;
}

export interface OrchestratorState {
  readonly nodes: ReadonlyMap<string, { readonly status: string; readonly results: readonly unknown[] }>;
}
