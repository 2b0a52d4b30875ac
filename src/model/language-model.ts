/**
 * What spec v2, v3 and v4 of a language model have in common, as far as this package looks. Written out here so that no
 * version of any SDK is imported; a model of yours keeps its own, exact type.
 */
export interface LanguageModelLike {
  readonly specificationVersion: string;
  readonly provider: string;
  readonly modelId: string;
  readonly supportedUrls: unknown;
  // Each spec's own call options and results stay what they are: nothing here reads more of them than `CallOptions` says.
  doGenerate(options: never): PromiseLike<unknown>;
  doStream(options: never): PromiseLike<unknown>;
}

/** The part of the call options that is read. */
export interface CallOptions {
  readonly prompt: readonly unknown[];
  readonly tools?: readonly unknown[] | undefined;
  readonly abortSignal?: AbortSignal | undefined;
  readonly providerOptions?: Readonly<Record<string, unknown>> | undefined;
  /** What is sent outside of the list of messages: read by nobody but those who listen to content. */
  readonly outside?: { readonly instructions?: unknown; readonly question?: unknown } | undefined;
}

/** The part of a generate result, and of a stream's `finish` part, that is read. */
export interface CallEnd {
  readonly usage?: unknown;
  readonly finishReason?: unknown;
}

export interface StreamPart extends CallEnd {
  readonly type?: unknown;
  readonly error?: unknown;
}
