import type { SavingsSummary } from 'headroom-hooks';
import type { PrefixComparison } from '../request-recorder.ts';
import type { RunReport, Tokens } from './run-report.ts';
import { formatCount, formatSaved, paint, type Screen } from './screen.ts';

export interface SummaryFacts {
  readonly report: RunReport;
  readonly savings: SavingsSummary;
  readonly prefixes: PrefixComparison;
}

const LABEL_WIDTH = 16;

/** What the run came to, for a person: a few lines under three headings. */
export function formatSummary(screen: Screen, { report, savings, prefixes }: SummaryFacts): string {
  const heading = (text: string): string => paint(screen, 'heading', text);
  const line = (label: string, text: string): string => `  ${label.padEnd(LABEL_WIDTH)}${text}`;
  const { runEnd, readOnce, inAllCalls, resultCount, callCount } = report;
  return [
    heading('Tool results, in tokens of the model, JSON counted minified'),
    line('read once', `${formatTokens(screen, readOnce)}, ${resultCount} results`),
    line(`in all ${callCount} calls`, `${formatTokens(screen, inAllCalls)}, as each sends all again`),
    line('asked back', `${formatTimes(report.retrievalCount)}, with headroom_retrieve`),
    '',
    heading('What the provider says and sees'),
    ...formatUsage(report).map(([label, text]) => line(label, text)),
    line('prompt cache', formatPrefixes(prefixes)),
    line('run', `${runEnd?.outcome ?? 'not ended'}, ${runEnd?.stepCount ?? 0} steps, ${formatFaults(report)}`),
    '',
    heading('model.getSavingsSummary()'),
    ...Object.entries(savings).map(([name, value]) => `  ${name.padEnd(24)}${formatFigure(value)}`),
    '',
  ].join('\n');
}

function formatTokens(screen: Screen, { before, after }: Tokens): string {
  return `${formatCount(before)} → ${formatCount(after)}, ${paint(screen, 'good', `${formatSaved(before, after)} saved`)}`;
}

function formatUsage({ runEnd, inAllCalls }: RunReport): readonly [label: string, text: string][] {
  const { inputTokens, outputTokens = 0, cacheReadTokens } = runEnd?.usage ?? {};
  if (inputTokens === undefined) return [['billed', 'unknown']];
  const cached = cacheReadTokens === undefined ? '' : `, ${formatCount(cacheReadTokens)} of them from its cache`;
  const uncompressed = inputTokens + inAllCalls.before - inAllCalls.after;
  return [
    ['billed', `${formatCount(inputTokens)} tokens in${cached}; ${formatCount(outputTokens)} out`],
    ['uncompressed', `about ${formatCount(uncompressed)} tokens in`],
  ];
}

function formatPrefixes({ compared, unchanged }: PrefixComparison): string {
  return `${unchanged} of ${compared} requests begin with the one before, byte for byte`;
}

function formatTimes(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function formatFaults({ faultCount }: RunReport): string {
  return faultCount === 0 ? 'no faults' : `${faultCount} ${faultCount === 1 ? 'fault' : 'faults'}`;
}

function formatFigure(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : value.toFixed(1);
}
