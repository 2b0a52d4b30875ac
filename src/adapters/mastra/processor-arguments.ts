/**
 * The part of what Mastra gives its processors that is read. Written out here so that the package needs no Mastra to be
 * built; a test beside an installed one holds that its types fit.
 */
export interface InputArguments<List> extends RunArguments<List> {
  /** Stops the run with a tripwire. */
  readonly abort: (reason?: string) => never;
  /** The agent, in versions of Mastra that say it. */
  readonly agent?: unknown;
  readonly requestContext?: unknown;
}

export interface InputStepArguments<List, Model> extends InputArguments<List> {
  /** Of the answer that the step writes. A resumed run says it of the messages that were there. */
  readonly messageId?: string;
  readonly model: Model;
  readonly tools?: Record<string, unknown>;
  readonly activeTools?: string[];
}

export interface InputStepResult<Model> {
  model?: Model;
  tools?: Record<string, unknown>;
  activeTools?: string[];
}

export interface OutputResultArguments<List> extends RunArguments<List> {
  readonly result?: {
    readonly text?: unknown;
    readonly usage?: unknown;
    readonly finishReason?: unknown;
    readonly steps?: readonly unknown[];
  };
}

/** What tells which run a processor works for. */
export interface RunArguments<List> {
  /** One object for a run, where Mastra hands it on. */
  readonly state: Record<string, unknown>;
  readonly messageList: List;
  readonly messages: readonly { readonly id: string }[];
  readonly abortSignal?: AbortSignal;
}
