import type { Attributes, Span } from '@opentelemetry/api';
import type { CompressionDecision, CompressionEnd } from '../../events/event.ts';
import { identifierOr } from '../identifiers.ts';
import { publishable, write } from './publishable.ts';
import { GEN_AI, HEADROOM } from './semconv.ts';
import { spanTime } from './span-time.ts';
import { writeRunNames } from './write-span.ts';

/** Tool results that one span tells of; the SDK keeps 128 events. */
const MOST_RESULTS = 100;

/** Each once, in order; `undefined` when there is none. */
export type Strategies = string[] | undefined;

/** The prompt of a call as it was sent: an audit saved nothing, and nothing was compacted. For the span of the call. */
export function writePrompt(span: Span, event: CompressionEnd, strategies: Strategies): void {
  const { mode, decisions, tokensBefore, durationMs } = event;
  const tokensAfter = mode === 'audit' ? tokensBefore : event.tokensAfter;
  write(span, HEADROOM.compressionMode, mode);
  write(span, HEADROOM.compressionToolResults, decisions.length);
  write(span, HEADROOM.compressionInputTokens, tokensBefore);
  write(span, HEADROOM.compressionOutputTokens, tokensAfter);
  write(span, HEADROOM.compressionSavedTokens, tokensBefore - tokensAfter);
  if (tokensBefore > 0) write(span, HEADROOM.compressionSavingsRatio, (tokensBefore - tokensAfter) / tokensBefore);
  write(span, HEADROOM.compressionDuration, durationMs / 1000);
  if (strategies === undefined) return;
  write(span, HEADROOM.compressionStrategies, strategies);
  // The conventions want it only where it is true.
  write(span, GEN_AI.compacted, true);
}

/** For the span of the compression. The tokens stand on the span of the call alone, so that no sum counts them twice. */
export function writeCompression(span: Span, event: CompressionEnd, strategies: Strategies): void {
  write(span, GEN_AI.requestModel, event.model);
  write(span, GEN_AI.agent, event.agent);
  write(span, HEADROOM.compressionMode, event.mode);
  write(span, HEADROOM.compressionLoss, event.loss);
  if (event.isRetry) write(span, HEADROOM.compressionIsRetry, true);
  if (strategies === undefined) write(span, HEADROOM.compressionSkipped, true);
  write(span, HEADROOM.compressionSkipReasons, distinctWords(event.decisions, skipReasonOf));
  write(span, HEADROOM.compressionStrategies, strategies);
  write(span, HEADROOM.compressionToolResults, event.decisions.length);
  writeRunNames(span, event);
  tellResults(span, event);
}

/** Each tool result is told of once, by the first prompt that has it. */
function tellResults(span: Span, { time, decisions, isRetry }: CompressionEnd): void {
  if (isRetry) return;
  for (const decision of decisions.filter(({ isNew }) => isNew).slice(-MOST_RESULTS)) {
    span.addEvent('headroom.compression.result', publishable(resultAttributes(decision)), spanTime(time));
  }
}

/** What was done with one tool result; in an audit, what would have been. */
function resultAttributes(decision: CompressionDecision): Attributes {
  return {
    [GEN_AI.toolName]: decision.toolName,
    [GEN_AI.toolCallId]: decision.toolCallId,
    [HEADROOM.resultContentKind]: decision.contentKind,
    [HEADROOM.resultStrategy]: decision.strategy,
    [HEADROOM.resultReason]: decision.reason,
    [HEADROOM.resultInputTokens]: decision.tokensBefore,
    [HEADROOM.resultOutputTokens]: decision.tokensAfter,
  };
}

/** Those by which something was sent in another form, for both spans. */
export function strategiesOf({ mode, decisions }: CompressionEnd): Strategies {
  return mode === 'audit' ? undefined : distinctWords(decisions, strategyOf);
}

function strategyOf({ reason, strategy }: CompressionDecision): string | undefined {
  return reason === 'compressed' ? strategy : undefined;
}

function skipReasonOf({ reason }: CompressionDecision): string | undefined {
  return reason === 'compressed' ? undefined : reason;
}

/** Each word once, in order; `undefined` when there is none. */
function distinctWords(
  decisions: CompressionEnd['decisions'],
  wordOf: (decision: CompressionDecision) => string | undefined,
): string[] | undefined {
  const seen: string[] = [];
  for (const decision of decisions) {
    const word = wordOf(decision);
    if (word !== undefined && !seen.includes(word)) seen.push(word);
  }
  if (seen.length === 0) return undefined;
  return [...new Set(seen.map((word) => identifierOr('other', word)))].sort();
}
