import { withinCompressedCall } from '../../hooks/call-scope.ts';
import { outcomeOf } from '../../hooks/outcome-of.ts';
import { createWiring, type HeadroomModelOptions } from '../../model/headroom-model.ts';
import { beginAttempt, type AttemptEnd, type ModelWiring } from '../../model/model-call.ts';
import { endOfCall } from './end-of-call.ts';
import { configOf, nameOfModel, type NamedModel } from './name-of-model.ts';
import { passOn, type PassedEnd } from '../runs/pass-on.ts';
import { fieldOf } from '../field-of.ts';
import type { ModelContext, ModelResult, Stage, StrandsSdk } from './strands-shapes.ts';
import { withTextBlocks } from './with-text-blocks.ts';

/** How a call of a model is made. */
export interface CallWay {
  readonly next: Stage<ModelContext, ModelResult>;
  /** Whether the last call of the run failed and this one is to send the same. */
  readonly isRetry: boolean;
}

/**
 * Calls Strands' models with their tool results compressed, and tells the events of every attempt. All of them share what
 * was learnt of results that come again.
 */
export class CompressingModels {
  private readonly wiring: Omit<ModelWiring, 'model'>;

  constructor(options: HeadroomModelOptions) {
    this.wiring = createWiring(options);
  }

  async *call(
    context: ModelContext,
    { next, isRetry }: CallWay,
    { TextBlock }: StrandsSdk,
  ): AsyncGenerator<unknown, ModelResult, undefined> {
    const { agent, messages, toolSpecs, systemPrompt: instructions } = context;
    const { cancelSignal } = agent;
    const model = context.model ?? agent.model;
    const named = nameOfModel(model);
    // Strands makes new messages for every attempt.
    if (isRetry) this.wiring.failedPrompts.add(messages);
    const attempt = await beginAttempt(
      { ...this.wiring, model: named },
      {
        prompt: messages,
        tools: toolSpecs,
        abortSignal: cancelSignal,
        providerOptions: whatDropsResults(model),
        outside: { instructions },
      },
      true,
    );
    const { prompt } = attempt.options;
    const sent = prompt === messages ? context : { ...context, messages: withTextBlocks(prompt, messages, TextBlock) };
    const seen = new SeenEvents(() => attempt.markFirstChunk());
    return yield* passOn(next(sent), {
      within: (step) => attempt.run(() => withinCompressedCall(step)),
      onEvent: (event) => seen.add(event),
      onEnd: (end) => attempt.end(attemptEnd(end, { seen, named, cancelSignal })),
    });
  }
}

/** What the events of a call have told so far: a call that fails has no result that says it. */
class SeenEvents {
  usage: unknown;
  stopReason: unknown;
  private readonly onFirstChunk: () => void;
  private hasChunk = false;

  constructor(onFirstChunk: () => void) {
    this.onFirstChunk = onFirstChunk;
  }

  add(update: unknown): void {
    const event = fieldOf(update, 'event');
    const type = fieldOf(event, 'type');
    if (type === undefined || type === 'modelMessageStartEvent') return;
    if (!this.hasChunk) this.onFirstChunk();
    this.hasChunk = true;
    if (type === 'modelMetadataEvent') this.usage = fieldOf(event, 'usage') ?? this.usage;
    if (type === 'modelMessageStopEvent') this.stopReason = fieldOf(event, 'stopReason');
  }
}

interface CallFacts {
  readonly seen: SeenEvents;
  readonly named: NamedModel;
  readonly cancelSignal: AbortSignal;
}

function attemptEnd(end: PassedEnd<ModelResult>, { seen, named, cancelSignal }: CallFacts): AttemptEnd {
  if (end.kind === 'returned') {
    const { stopReason, metadata, message } = end.result.result;
    const usage = metadata?.usage ?? seen.usage;
    const answer = (): readonly unknown[] => (message === undefined ? [] : [message]);
    return { outcome: 'ok', endedBy: 'host', result: endOfCall({ usage, stopReason }, named.provider), answer };
  }
  const result = endOfCall(seen, named.provider);
  if (end.kind === 'left') return { outcome: 'aborted', endedBy: 'reader', result };
  const { error } = end;
  return { outcome: cancelSignal.aborted ? 'aborted' : outcomeOf(error), endedBy: 'host', error, result };
}

/** Settings by which a provider is asked to drop old results, where Strands' models keep them. */
function whatDropsResults(model: unknown): Readonly<Record<string, unknown>> {
  try {
    const config = configOf(model);
    const params = fieldOf(config, 'params') ?? fieldOf(config, 'additionalRequestFields');
    return {
      model: {
        truncation: fieldOf(params, 'truncation'),
        contextManagement: fieldOf(params, 'context_management'),
      },
    };
  } catch {
    return {};
  }
}
