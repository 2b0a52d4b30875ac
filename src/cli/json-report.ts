import type { Decision } from '../compression/decision.ts';
import type { OptimizationMetrics } from '../compression/metrics.ts';
import type { InputShape } from './read-conversation.ts';
import type { InspectedFault, InspectedResult, Inspection } from './inspect-conversation.ts';
import { savedPercent } from './number-format.ts';
import type { Restoration } from './restore-result.ts';

/** One result: its decision as `optimizeMessages` tells it, and what the inspection adds. */
export interface JsonDecision extends Decision {
  /** Its place among the results, from 1. */
  readonly number: number;
  readonly tokensSaved: number;
  readonly savingsPercent: number;
  readonly restoration: Restoration;
  readonly textBefore?: string | undefined;
  readonly textAfter?: string | undefined;
}

/** What `--json` prints. Fields may be added; those that are here keep their names and meaning while `version` is 1. */
export interface JsonReport {
  readonly version: 1;
  readonly input: {
    readonly name: string;
    readonly readAs: InputShape;
    readonly messageCount: number;
  };
  readonly options: {
    readonly model: string;
    readonly provider?: string | undefined;
    readonly tokenFamily: string;
    readonly loss: string;
    readonly minTokens?: number | undefined;
    readonly targetTokens?: number | undefined;
    readonly maxTokens?: number | undefined;
    readonly verify: boolean;
  };
  /** Those of `optimizeMessages`, less how long it took: the same input gives the same report. */
  readonly metrics: Omit<OptimizationMetrics, 'durationMs'>;
  readonly decisions: readonly JsonDecision[];
  readonly faults: readonly InspectedFault[];
}

export interface JsonReportOptions {
  readonly inputName: string;
  readonly shape: InputShape;
  /** Whether the texts before and after are in it. */
  readonly withTexts: boolean;
}

/** The inspection for machines. */
export function jsonReport(
  { options, tokenFamily, messageCount, metrics, results, faults }: Inspection,
  { inputName, shape, withTexts }: JsonReportOptions,
): JsonReport {
  const { model, provider, loss, minTokens, targetTokens, maxTokens, verify } = options;
  const { durationMs: _durationMs, ...lasting } = metrics;
  return {
    version: 1,
    input: { name: inputName, readAs: shape, messageCount },
    options: { model, provider, tokenFamily, loss, minTokens, targetTokens, maxTokens, verify },
    metrics: lasting,
    decisions: results.map((result) => decisionOf(result, withTexts)),
    faults,
  };
}

function decisionOf(
  { number, decision, restoration, textBefore, textAfter }: InspectedResult,
  withTexts: boolean,
): JsonDecision {
  const { tokensBefore, tokensAfter } = decision;
  return {
    number,
    ...decision,
    tokensSaved: tokensBefore - tokensAfter,
    savingsPercent: savedPercent(tokensBefore, tokensAfter),
    restoration,
    ...(withTexts ? { textBefore, textAfter } : {}),
  };
}
