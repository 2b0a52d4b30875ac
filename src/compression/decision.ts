import type { ContentKind } from './content.ts';
import type { Reference } from './references/reference.ts';
import type { EncodingForm, SourceRange, Unit } from './strategy.ts';

/** Why a tool result was rewritten, or was not. */
export const DECISION_REASONS = [
  'compressed',
  'below-minimum',
  'not-smaller',
  'error-result',
  'provider-executed',
  'excluded-tool',
  'own-result',
  'too-large',
  'unsupported',
  'store-failed',
  'fault',
  'aborted',
] as const;
export type DecisionReason = (typeof DECISION_REASONS)[number];

/** How the text that was sent turns back into the original. */
export interface Rewriting {
  readonly strategy: string;
  /** For a lossless rewriting: what its decoder needs besides the text. */
  readonly form?: EncodingForm | undefined;
  /** For one that leaves something out: where the original is, unless the caller chose to lose it. */
  readonly retrievalId?: string | undefined;
  readonly leftOut?:
    | { readonly unit: Unit; readonly total: number; readonly ranges: readonly SourceRange[] }
    | undefined;
  /** For one that refers to an earlier result: which, and how. `form` then belongs to the text that it stands for. */
  readonly reference?: Reference | undefined;
}

/** What was done with one tool result. */
export interface Decision {
  readonly messageIndex: number;
  /** Index in the message's content, where that is a list. */
  readonly partIndex?: number | undefined;
  /** Index in the content of that part, where that is a list too. */
  readonly blockIndex?: number | undefined;
  readonly toolName?: string | undefined;
  readonly toolCallId?: string | undefined;
  readonly contentKind: ContentKind;
  /** Name of the strategy whose text was sent, or `none`. */
  readonly strategy: string;
  readonly reason: DecisionReason;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  /** Whether no assistant message stands behind it: the model reads this result for the first time. */
  readonly isNew: boolean;
  /** Present and true where the text that was sent has more tokens than `maxTokens`: nothing of it could be left out. */
  readonly isOverMax?: true | undefined;
  readonly rewriting?: Rewriting | undefined;
}
