export type { Decision, DecisionReason, Rewriting } from './compression/decision.ts';
export type { OptimizationMetrics, TokenSavings } from './compression/metrics.ts';
export { optimizeMessages, type OptimizedMessages } from './compression/optimize-messages.ts';
export type { Loss, Mode, OptimizeOptions } from './compression/options.ts';
export type { Reference } from './compression/references/reference.ts';
export type { TokenLimits } from './compression/token-limits.ts';
export type { ToolPolicy, ToolRule } from './compression/tool-rules.ts';
export type { BudgetExcess, BudgetGuard, GuardedCall } from './events/budget-guard.ts';
export { EventBus, type EventBusOptions, type HeadroomEvents, type Listener, type Unsubscribe } from './events/bus.ts';
export type { Clock } from './events/clock.ts';
export {
  EVENT_TYPES,
  type AlertFiring,
  type AlertResolved,
  type BudgetUpdate,
  type CompressionDecision,
  type CompressionEnd,
  type EndedBy,
  type EventBase,
  type EventFacts,
  type EventOf,
  type EventType,
  type Fault,
  type HeadroomEvent,
  type HeadroomEventMap,
  type ModelEnd,
  type ModelStart,
  type Outcome,
  type RetrievalEnd,
  type RunEnd,
  type RunStart,
  type Savings,
  type ToolEnd,
  type ToolStart,
} from './events/event.ts';
export type { Sink } from './events/sink.ts';
export { HeadroomError, type HeadroomErrorCode } from './headroom-error.ts';
export { HeadroomBudgetError } from './hooks/budget-error.ts';
export { createHeadroomHooks, type HeadroomHooks, type HeadroomHooksOptions } from './hooks/create-headroom-hooks.ts';
export type { PostHook, PreHook, RunInput, RunOutput } from './hooks/hook.ts';
export {
  HeadroomPostHook,
  type HeadroomPostHookOptions,
  type RequestRecord,
  type RequestSummary,
} from './hooks/post-hook.ts';
export {
  HeadroomPreHook,
  type HeadroomPreHookOptions,
  type HookMetrics,
  type HookSavingsSummary,
} from './hooks/pre-hook.ts';
export { currentRun, withinRun, type RunScope } from './hooks/run-scope.ts';
export type { RunTable } from './hooks/run-table.ts';
export { HeadroomStopError } from './hooks/stop-error.ts';
export type { HeadroomCallOptions } from './model/call-options.ts';
export { hasExtendedThinking } from './model/extended-thinking.ts';
export {
  HeadroomModel,
  isHeadroomModel,
  type HeadroomModelApi,
  type HeadroomModelOptions,
} from './model/headroom-model.ts';
export type { LanguageModelLike } from './model/language-model.ts';
export { providerFamilyOf, type ProviderFamily } from './model/provider-family.ts';
export type { CallMetrics, SavingsSummary } from './model/savings-ledger.ts';
export { createKeyvStore } from './retrieval/keyv-store.ts';
export { createMemoryStore, type MemoryStore, type MemoryStoreOptions } from './retrieval/memory-store.ts';
export { createRetrieveTool, RETRIEVE_TOOL_NAME, type RetrieveTool } from './retrieval/retrieve-tool.ts';
export type { RetrievalStore, StoredOriginal } from './retrieval/store.ts';
export { createConsoleSink, type ConsoleSinkOptions } from './sinks/console-sink.ts';
export type { ByModel } from './tokens/by-model.ts';
export { normalizeUsage, type TokenUsage } from './tokens/normalize-usage.ts';
export { costByPrices, type CostOf, type ModelPrice, type PricedCall, type Prices } from './tokens/prices.ts';
