import { randomUUID } from 'node:crypto';
import { checkOptions, isFunction, type OptionChecks } from '../../check-options.ts';
import type { Loss, Mode } from '../../compression/options.ts';
import { checkTokenLimits, type TokenLimits } from '../../compression/token-limits.ts';
import type { ToolRule } from '../../compression/tool-rules.ts';
import type { EventBus } from '../../events/bus.ts';
import type { Clock } from '../../events/clock.ts';
import { createWiring, MODEL_OPTION_CHECKS } from '../../model/headroom-model.ts';
import type { ModelWiring } from '../../model/model-call.ts';
import type { CallMetrics, SavingsSummary } from '../../model/savings-ledger.ts';
import type { RetrievalStore } from '../../retrieval/store.ts';
import { RESULT_OPTION_CHECKS } from './compress-tool-result.ts';

/** A call of a tool, as the client makes it. */
export interface ToolCall {
  readonly name: string;
  readonly arguments?: Readonly<Record<string, unknown>> | undefined;
}

export interface HeadroomMcpOptions extends TokenLimits {
  /** The bus of `createHeadroomHooks()`. @default a bus of its own */
  readonly events?: EventBus | undefined;
  /** Where originals go. @default the memory store that belongs to `events` */
  readonly store?: RetrievalStore | undefined;
  /** Keeps the originals of one session from another's. @default a random one, so that each session has its own */
  readonly scope?: string | undefined;
  /**
   * What may be left out of a result. `recoverable` lists `headroom_retrieve` among the tools and answers its calls: choose
   * it where the model is offered all tools that are listed, which cannot be seen from here. @default 'none'
   */
  readonly loss?: Loss | undefined;
  /** `audit` measures and changes nothing. @default 'optimize' */
  readonly mode?: Mode | undefined;
  /** A rule per tool name, or per glob. */
  readonly tools?: Readonly<Record<string, ToolRule>> | undefined;
  /** The model that will read the results, for counting tokens. @default 'gpt-4o' */
  readonly model?: string | undefined;
  /** Its provider, for events, and where the model's name does not tell the family. @default 'mcp' in events */
  readonly provider?: string | undefined;
  /** Says what the user asked, where the agent knows: it tells what stays where something is left out. */
  readonly query?: ((call: ToolCall) => string | undefined) | undefined;
  /** A call that nobody answers is told of as ended after this long. @default 30 minutes */
  readonly callTimeToLiveMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** What a wrapped client and a proxy tell besides what they do: the names of `HeadroomModel`. */
export interface HeadroomMcpApi {
  readonly events: EventBus;
  /** Where `headroom_retrieve` finds what was left out. */
  readonly store: RetrievalStore;
  /** To forget the originals of a session that is over: `store.delete(scope)`. */
  readonly scope: string;
  /** Tokens that results no longer have. */
  readonly totalTokensSaved: number;
  /** The last hundred results. */
  readonly metricsHistory: readonly CallMetrics[];
  getSavingsSummary(): SavingsSummary;
  /** Sets the figures to zero. */
  reset(): void;
}

/** What all calls of one session share. */
export interface McpWiring extends Omit<ModelWiring, 'model' | 'failedPrompts' | 'options' | 'memo'> {
  readonly options: HeadroomMcpOptions;
  readonly scope: string;
}

const CHECKS: OptionChecks<HeadroomMcpOptions> = {
  ...RESULT_OPTION_CHECKS,
  events: MODEL_OPTION_CHECKS.events,
  query: isFunction,
  callTimeToLiveMs: MODEL_OPTION_CHECKS.callTimeToLiveMs,
  clock: MODEL_OPTION_CHECKS.clock,
};

/** Throws a `HeadroomError` for options that can not work. */
export function wireSession(owner: string, options: HeadroomMcpOptions): McpWiring {
  checkOptions(owner, options, CHECKS);
  checkTokenLimits(owner, options);
  const { events, store, callTimeToLiveMs, clock } = options;
  const wiring = createWiring({ events, store, callTimeToLiveMs, clock });
  const { failedPrompts: _failedPrompts, memo: _memo, ...shared } = wiring;
  return { ...shared, options, scope: options.scope ?? randomUUID() };
}

export function mcpApiOf({ events, store, scope, ledger }: McpWiring): HeadroomMcpApi {
  return {
    events,
    store,
    scope,
    get totalTokensSaved() {
      return ledger.total.tokensSaved;
    },
    get metricsHistory() {
      return ledger.history;
    },
    getSavingsSummary: () => ledger.summary,
    reset: () => ledger.reset(),
  };
}
