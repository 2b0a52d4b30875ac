import type { HeadroomEvent, RunEnd } from 'headroom-hooks';

export interface Tokens {
  readonly before: number;
  readonly after: number;
}

/** What a run came to, from its events. */
export interface RunReport {
  /** Each tool result once, when it was first read. */
  readonly readOnce: Tokens;
  /** Each tool result in every call that carried it: the transcript is sent again with each step. */
  readonly inAllCalls: Tokens;
  readonly resultCount: number;
  /** Calls whose prompt was looked at, retries not counted. */
  readonly callCount: number;
  /** What `headroom_retrieve` answered with what was asked for. */
  readonly retrievalCount: number;
  readonly faultCount: number;
  readonly runEnd: RunEnd | undefined;
}

const EMPTY: RunReport = {
  readOnce: { before: 0, after: 0 },
  inAllCalls: { before: 0, after: 0 },
  resultCount: 0,
  callCount: 0,
  retrievalCount: 0,
  faultCount: 0,
  runEnd: undefined,
};

/** Sums up the events of one run, in order. */
export function reportRun(events: readonly HeadroomEvent[]): RunReport {
  return events.reduce(addEvent, EMPTY);
}

function addEvent(report: RunReport, event: HeadroomEvent): RunReport {
  switch (event.type) {
    case 'compression.end': {
      if (event.isRetry) return report;
      const read = event.decisions.filter(({ isNew }) => isNew);
      return {
        ...report,
        readOnce: read.reduce(addTokens, report.readOnce),
        inAllCalls: addTokens(report.inAllCalls, event),
        resultCount: report.resultCount + read.length,
        callCount: report.callCount + 1,
      };
    }
    case 'retrieval.end':
      return { ...report, retrievalCount: report.retrievalCount + (event.outcome === 'found' ? 1 : 0) };
    case 'fault':
      return { ...report, faultCount: report.faultCount + 1 };
    case 'run.end':
      return { ...report, runEnd: event };
    default:
      return report;
  }
}

function addTokens(
  { before, after }: Tokens,
  { tokensBefore, tokensAfter }: { readonly tokensBefore: number; readonly tokensAfter: number },
): Tokens {
  return { before: before + tokensBefore, after: after + tokensAfter };
}
