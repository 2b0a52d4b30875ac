import type { EngineMemo } from '../compression/engine-memo.ts';
import type { EngineSettings, Loss } from '../compression/options.ts';
import { optimizeWith, type OptimizedMessages } from '../compression/optimize-messages.ts';
import { mergeTokenLimits } from '../compression/token-limits.ts';
import { compileToolRules } from '../compression/tool-rules.ts';
import type { EventBus } from '../events/bus.ts';
import { errorName } from '../events/bus.ts';
import type { BudgetExcess } from '../events/budget-guard.ts';
import type { Clock } from '../events/clock.ts';
import type { CompressionDecision, EndedBy, Outcome } from '../events/event.ts';
import type { NextId } from '../events/ids.ts';
import { isContentHeard, tellContent, type Prompt } from '../events/contents.ts';
import { runWork } from '../events/surroundings.ts';
import { HeadroomBudgetError } from '../hooks/budget-error.ts';
import { costFactsOf } from '../hooks/cost-facts.ts';
import { currentRun, type RunScope } from '../hooks/run-scope.ts';
import { limitWaiting } from '../retrieval/limit-waiting.ts';
import type { RetrievalStore } from '../retrieval/store.ts';
import { DEFAULT_SCOPE } from '../retrieval/store.ts';
import { tokenFamilyOf } from '../tokens/families.ts';
import { normalizeUsage } from '../tokens/normalize-usage.ts';
import type { SavedTokens } from '../tokens/prices.ts';
import { dropsOldResults } from './drops-old-results.ts';
import { takeCallOptions, type HeadroomCallOptions } from './call-options.ts';
import type { HeadroomModelOptions } from './headroom-model.ts';
import type { CallEnd, CallOptions, LanguageModelLike } from './language-model.ts';
import type { OpenCalls } from './open-calls.ts';
import type { SavingsLedger } from './savings-ledger.ts';

/** What a `HeadroomModel` works with. */
export interface ModelWiring {
  readonly model: Pick<LanguageModelLike, 'provider' | 'modelId'>;
  readonly options: HeadroomModelOptions;
  readonly events: EventBus;
  readonly store: RetrievalStore;
  readonly clock: Clock;
  readonly ids: NextId;
  readonly memo: EngineMemo;
  readonly ledger: SavingsLedger;
  readonly openCalls: OpenCalls;
  /** Prompts whose last attempt failed: hosts retry with the same object, and its savings are already counted. */
  readonly failedPrompts: WeakSet<object>;
}

/** How an attempt ended, as far as its caller knows. */
export interface AttemptEnd {
  readonly outcome: Outcome;
  readonly endedBy: EndedBy;
  readonly error?: unknown;
  readonly result?: CallEnd | undefined;
  /** What was answered, as messages; asked for only where content is heard. */
  readonly answer?: (() => readonly unknown[]) | undefined;
}

/** One attempt to call the model. */
export interface Attempt<Options> {
  /** What the provider is to be called with. */
  readonly options: Options;
  /** Whether anyone wants to know what is answered. */
  readonly isContentHeard: boolean;
  /** Calls the provider, within what listeners put around the call. */
  run<Result>(call: () => Result): Result;
  markFirstChunk(): void;
  /** Ends it once; what comes later is ignored. */
  end(how: AttemptEnd): void;
}

/**
 * Compresses the prompt of a call, tells of it, and opens the attempt. Throws nothing but a `HeadroomBudgetError`:
 * whatever goes wrong in here, the provider is called, with the prompt as it was.
 */
export async function beginAttempt<Options extends CallOptions>(
  wiring: ModelWiring,
  given: Options,
  streaming: boolean,
): Promise<Attempt<Options>> {
  const { model, events, ids } = wiring;
  const callId = ids('call');
  const { options, own, problem } = takeCallOptions(given);
  const run = scopeOf(own);
  refuseBeyondBudget(wiring, run);
  if (problem !== undefined) events.fault('call-options', 'providerOptions.headroom was not understood.', problem, run);
  let compressed: CompressedPrompt = { prompt: given.prompt };
  try {
    compressed = await compressPrompt({ wiring, options, own, run, callId });
  } catch (error) {
    events.fault('compression', 'A prompt could not be compressed.', error, run);
  }
  const { prompt, saved } = compressed;
  const about = { ...run, callId, provider: model.provider, model: model.modelId, streaming };
  return openAttempt(wiring, { about, saved }, prompt === options.prompt ? options : { ...options, prompt });
}

interface CompressedPrompt {
  readonly prompt: readonly unknown[];
  /** Unless the prompt goes out as it was. */
  readonly saved?: SavedTokens;
}

/** Throws when the user's guard says that a budget is used up. A guard that fails refuses nothing. */
function refuseBeyondBudget({ options: { budget }, model, events }: ModelWiring, run: Partial<RunScope>): void {
  if (budget === undefined) return;
  let excess: BudgetExcess | undefined;
  try {
    excess = budget.exceededBy({ ...run, provider: model.provider, model: model.modelId });
  } catch (error) {
    events.fault('alert', 'The budget could not be looked at; the call was made.', error, run);
  }
  if (excess !== undefined) throw new HeadroomBudgetError(excess);
}

type AttemptFacts = Partial<RunScope> & {
  readonly callId: string;
  readonly provider: string;
  readonly model: string;
  readonly streaming: boolean;
};

function openAttempt<Options extends CallOptions>(
  wiring: ModelWiring,
  { about, saved }: { readonly about: AttemptFacts; readonly saved: SavedTokens | undefined },
  options: Options,
): Attempt<Options> {
  const { events, clock, openCalls } = wiring;
  const startMs = clock.monotonicMs();
  let timeToFirstChunkMs: number | undefined;
  const emitEnd = ({ outcome, endedBy, error, result, answer }: AttemptEnd): void => {
    if (answer !== undefined) {
      tellContent(events, () => ({ of: 'answer', callId: about.callId, messages: answer() }));
    }
    events.emit('model.end', () => {
      const usage = normalizeUsage(result?.usage);
      return {
        ...about,
        outcome,
        endedBy,
        errorType: outcome === 'error' ? errorName(error) : undefined,
        finishReason: finishReasonOf(result),
        usage,
        durationMs: clock.monotonicMs() - startMs,
        timeToFirstChunkMs,
        ...costFactsOf(events, { provider: about.provider, model: about.model, usage }, saved),
      };
    });
  };
  events.emit('model.start', () => about);
  tellContent(events, () => ({ of: 'prompt', callId: about.callId, ...saidIn(options) }));
  openCalls.open(about.callId, (endedBy) => emitEnd({ outcome: 'aborted', endedBy }));
  return {
    options,
    isContentHeard: isContentHeard(events),
    run: (call) => runWork(events, about, call),
    markFirstChunk() {
      timeToFirstChunkMs = clock.monotonicMs() - startMs;
    },
    end(how) {
      if (openCalls.close(about.callId)) emitEnd(how);
    },
  };
}

function saidIn({
  prompt,
  outside: { instructions, question } = {},
}: CallOptions): Pick<Prompt, 'messages' | 'instructions'> {
  return { messages: question === undefined ? prompt : [{ role: 'user', content: question }, ...prompt], instructions };
}

interface PromptRequest {
  readonly wiring: ModelWiring;
  readonly options: CallOptions;
  readonly own: HeadroomCallOptions;
  readonly run: Partial<RunScope>;
  readonly callId: string;
}

async function compressPrompt(request: PromptRequest): Promise<CompressedPrompt> {
  const { wiring, options, own, run } = request;
  const { model, events, memo, clock } = wiring;
  const settings = settingsOf(wiring, options, own);
  if (settings.mode === 'off' || !Array.isArray(options.prompt)) return { prompt: options.prompt };
  const startMs = clock.monotonicMs();
  const optimized = await optimizeWith(options.prompt as readonly unknown[], {
    settings,
    family: tokenFamilyOf(model.modelId, model.provider),
    memo,
    onFault: (where, _name, error) => events.fault(where, ENGINE_FAULTS[where], error, run),
  });
  report(request, settings, optimized, clock.monotonicMs() - startMs);
  return { prompt: optimized.messages, ...(settings.mode === 'optimize' ? { saved: savedBy(optimized) } : {}) };
}

function savedBy({ decisions }: OptimizedMessages<unknown>): SavedTokens {
  let [fresh, repeated] = [0, 0];
  for (const { isNew, tokensBefore, tokensAfter } of decisions) {
    if (isNew) fresh += tokensBefore - tokensAfter;
    else repeated += tokensBefore - tokensAfter;
  }
  return { fresh, repeated };
}

/** What is said where the engine fails. Without names: those of tools come from outside. */
export const ENGINE_FAULTS = {
  strategy: 'A strategy failed; another form of the tool result was sent.',
  store: 'An original could not be stored; nothing was left out of its tool result.',
  compression: 'A tool result could not be compressed; it was sent as it is.',
  counter: 'The tokens of an encoding could not be loaded; counts are estimates.',
} as const;

/** Savings are counted once per prompt, however often the host has to try. */
function report(
  { wiring, options, run, callId }: PromptRequest,
  settings: EngineSettings,
  { metrics, decisions }: OptimizedMessages<unknown>,
  durationMs: number,
): void {
  const { model, events, ledger, clock, failedPrompts } = wiring;
  const isRetry = failedPrompts.delete(options.prompt);
  const { tokensBefore, tokensAfter, tokensSaved } = metrics;
  const about = { callId, model: model.modelId };
  if (settings.mode === 'optimize' && !isRetry) {
    ledger.record({ ...metrics, ...about, runId: run.runId, time: clock.now() });
  }
  events.emit('compression.end', () => ({
    ...run,
    ...about,
    provider: model.provider,
    mode: settings.mode,
    loss: settings.loss,
    isRetry,
    tokensBefore,
    tokensAfter,
    tokensSaved,
    decisions: decisions.map(
      ({ rewriting: _rewriting, blockIndex: _blockIndex, ...decision }): CompressionDecision => decision,
    ),
    durationMs,
  }));
}

function settingsOf(wiring: ModelWiring, options: CallOptions, own: HeadroomCallOptions): EngineSettings {
  const { options: defaults, store } = wiring;
  return {
    loss: lossOf(own.loss ?? defaults.loss, options),
    store: limitWaiting(store),
    scope: defaults.scope ?? DEFAULT_SCOPE,
    toolRules: compileToolRules(own.tools ?? defaults.tools),
    mode: own.mode ?? defaults.mode ?? 'optimize',
    limits: mergeTokenLimits(defaults, own),
    references: own.references ?? (defaults.references !== false && !dropsOldResults(options.providerOptions)),
    signal: options.abortSignal,
  };
}

/** What was left out has to be within the model's reach in this very call, whatever was asked for. */
function lossOf(wanted: Loss | undefined, { tools }: CallOptions): Loss {
  if (wanted === 'none' || wanted === 'allowed') return wanted;
  // Whatever the call's tool choice: a last step that may call none would else be sent another prefix than the others.
  return (tools ?? []).some(isRetrieveTool) ? 'recoverable' : 'none';
}

function isRetrieveTool(tool: unknown): boolean {
  return typeof tool === 'object' && tool !== null && 'name' in tool && tool.name === 'headroom_retrieve';
}

/** The run of the code that makes the call; what the call says of itself comes second. */
function scopeOf({ runId, sessionId, agent }: HeadroomCallOptions): Partial<RunScope> {
  const scope = currentRun();
  return scope ?? (runId === undefined ? { sessionId, agent } : { runId, sessionId, agent });
}

function finishReasonOf(result: CallEnd | undefined): string | undefined {
  const reason = result?.finishReason;
  if (typeof reason === 'string') return reason;
  if (typeof reason !== 'object' || reason === null || !('unified' in reason)) return undefined;
  return typeof reason.unified === 'string' ? reason.unified : undefined;
}
