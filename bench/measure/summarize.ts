import type { CaseFigures } from './measure-case.ts';
import type { PeerResults } from './peer-results.ts';

/** One case without and with leaving out. */
export interface MeasuredCase {
  readonly none: CaseFigures;
  readonly recoverable: CaseFigures;
}

/** A row of the table: the sums over some cases. */
export interface Summary {
  readonly title: string;
  readonly cases: number;
  readonly before: number;
  readonly none: LossSummary;
  readonly recoverable: LossSummary;
  readonly needleCount: number;
  /** Only where the peer has figures for every one of the cases. */
  readonly peer: { readonly after: number; readonly needleCount: number; readonly inText: number } | undefined;
}

export interface LossSummary {
  readonly after: number;
  readonly inText: number;
  /** In the text, or in an original that the text names. */
  readonly obtainable: number;
}

const LARGE_TOKENS = 1_000;

/** A row per kind, in alphabetical order, then all cases, then those of at least 1,000 tokens. */
export function summarize(measured: readonly MeasuredCase[], peer: PeerResults | undefined): readonly Summary[] {
  const byKind = [...Map.groupBy(measured, ({ none }) => none.kind)].sort(([one], [other]) => (one < other ? -1 : 1));
  const large = measured.filter(({ none }) => none.before >= LARGE_TOKENS);
  return [
    ...byKind.map(([kind, cases]) => summaryOf(kind, cases, peer)),
    summaryOf('**all**', measured, peer),
    summaryOf('**of ≥ 1,000 tokens**', large, peer),
  ];
}

function summaryOf(title: string, measured: readonly MeasuredCase[], peer: PeerResults | undefined): Summary {
  const figures = measured.map(({ none }) => peer?.byCase.get(none.name));
  const hasPeer = peer !== undefined && !figures.includes(undefined);
  return {
    title,
    cases: measured.length,
    before: sum(measured.map(({ none }) => none.before)),
    none: lossSummary(measured.map(({ none }) => none)),
    recoverable: lossSummary(measured.map(({ recoverable }) => recoverable)),
    needleCount: sum(measured.map(({ none }) => none.needleCount)),
    peer: hasPeer
      ? {
          after: sum(figures.map((figure) => figure?.after ?? 0)),
          needleCount: sum(figures.map((figure) => figure?.needleCount ?? 0)),
          inText: sum(figures.map((figure) => figure?.needlesInText ?? 0)),
        }
      : undefined,
  };
}

function lossSummary(figures: readonly CaseFigures[]): LossSummary {
  const lost = figures.map(({ missing }) => missing.filter(({ isRecoverable }) => !isRecoverable).length);
  return {
    after: sum(figures.map(({ after }) => after)),
    inText: sum(figures.map(({ needleCount, missing }) => needleCount - missing.length)),
    obtainable: sum(figures.map(({ needleCount }, index) => needleCount - (lost[index] ?? 0))),
  };
}

/** Promises that were broken: all of these have to be 0. */
export interface BrokenPromises {
  readonly restoreFailures: number;
  readonly prefixBreaks: number;
  readonly changedElsewhere: number;
  readonly thrown: number;
}

export function brokenPromises(measured: readonly MeasuredCase[]): BrokenPromises {
  const figures = measured.flatMap(({ none, recoverable }) => [none, recoverable]);
  return {
    restoreFailures: sum(figures.map((figure) => figure.restoreFailures)),
    prefixBreaks: sum(figures.map((figure) => figure.prefixBreaks)),
    changedElsewhere: sum(figures.map((figure) => figure.changedElsewhere)),
    thrown: figures.filter(({ hasThrown }) => hasThrown).length,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
