import { clearMergeCache } from 'gpt-tokenizer/encoding/o200k_base';
import { createEngineMemo, type EngineMemo } from '../../src/compression/engine-memo.ts';
import { optimizeWith } from '../../src/compression/optimize-messages.ts';
import { type OptimizeOptions, resolveOptions } from '../../src/compression/options.ts';
import { createMemoryStore } from '../../src/retrieval/memory-store.ts';
import type { RetrievalStore } from '../../src/retrieval/store.ts';
import { loadTokenCounter } from '../../src/tokens/count-tokens.ts';
import { type BenchmarkCase, type ChatMessage, textOf } from '../cases/benchmark-case.ts';
import { csvExportText } from '../cases/csv-export.ts';
import { ordersJson } from '../cases/orders.ts';
import { serviceLogText } from '../cases/service-log.ts';
import { unifiedDiffText } from '../cases/unified-diff.ts';
import { webPageText } from '../cases/web-page.ts';
import { countO200k } from './count-o200k.ts';
import type { MeasuredLoss } from './measure-case.ts';
import { median } from './median.ts';

/** Time of `optimizeMessages` over the time of counting the tokens of the same tool results once, in one process. */
export interface TimeOverCount {
  readonly loss: MeasuredLoss;
  /** Against gpt-tokenizer, which is what a program has without this package. */
  readonly overTokenizer: number;
  /** Against the faster counter of this package. */
  readonly overOwnCounter: number;
}

/**
 * The median of several runs. Each begins with an empty memo of results and an empty cache of the tokenizer, since an
 * agent's results are new; the memo of words in the package's own counter stays warm.
 */
export async function measureTimeOverCount(
  cases: readonly BenchmarkCase[],
  { repetitions }: { readonly repetitions: number },
): Promise<readonly TimeOverCount[]> {
  const conversations = distinct(cases);
  const texts = conversations.flatMap((messages) => messages.filter(isResult).map(({ content }) => textOf(content)));
  const count = await loadTokenCounter('o200k');
  const tokenizerMs: number[] = [];
  const counterMs: number[] = [];
  const optimizeMs = { none: [] as number[], recoverable: [] as number[] };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    clearMergeCache();
    tokenizerMs.push(timeMs(() => texts.forEach(countO200k)));
    counterMs.push(timeMs(() => texts.forEach(count)));
    for (const loss of ['none', 'recoverable'] as const) {
      let durationMs = 0;
      for (const messages of conversations) durationMs += await optimizeTimeMs(messages, loss);
      optimizeMs[loss].push(durationMs);
    }
  }
  return (['none', 'recoverable'] as const).map((loss) => ({
    loss,
    overTokenizer: median(optimizeMs[loss]) / median(tokenizerMs),
    overOwnCounter: median(optimizeMs[loss]) / median(counterMs),
  }));
}

/** Each conversation once: questions about the same result differ in the user's words alone. */
function distinct(cases: readonly BenchmarkCase[]): readonly (readonly ChatMessage[])[] {
  const byResults = new Map<string, readonly ChatMessage[]>();
  for (const { messages } of cases) {
    const key = JSON.stringify(messages.filter(isResult));
    if (!byResults.has(key)) byResults.set(key, messages);
  }
  return [...byResults.values()];
}

function isResult({ role }: ChatMessage): boolean {
  return role === 'tool';
}

async function optimizeTimeMs(
  messages: readonly ChatMessage[],
  loss: MeasuredLoss,
  { memo, store }: { readonly memo: EngineMemo; readonly store: RetrievalStore } = {
    memo: createEngineMemo(),
    store: createMemoryStore(),
  },
): Promise<number> {
  const options: OptimizeOptions = loss === 'none' ? { loss } : { loss, store };
  const context = { settings: resolveOptions(options), family: 'o200k', memo, onFault: () => {} } as const;
  const startMs = performance.now();
  await optimizeWith(messages, context);
  return performance.now() - startMs;
}

function timeMs(run: () => void): number {
  const startMs = performance.now();
  run();
  return performance.now() - startMs;
}

const LAST_TURN = 200;
const LINES_A_TURN = 150;

/**
 * Time of turn 200 over that of turn 2 of a conversation that is sent again each turn, both with the same 150 new log
 * lines: the last ones of a log, of which the turns before have as many each. Medians, taken in turns.
 */
export async function measureTurnGrowth({ repetitions }: { readonly repetitions: number }): Promise<number> {
  const log = serviceLogText(LINES_A_TURN * LAST_TURN).split('\n');
  const messages: ChatMessage[] = [{ role: 'user', content: 'Watch the log.' }];
  for (let turn = 0; turn < LAST_TURN; turn++) {
    const call = { id: `call_${turn}`, type: 'function', function: { name: 'tail_log', arguments: '{}' } };
    const content = log.slice(turn * LINES_A_TURN, (turn + 1) * LINES_A_TURN).join('\n');
    messages.push({ role: 'assistant', content: null, tool_calls: [call] });
    messages.push({ role: 'tool', tool_call_id: call.id, content });
  }
  const lastTurn = messages.slice(-2);
  const early = messages.slice(0, 3);
  const late = messages.slice(0, -2);
  const secondMs: number[] = [];
  const lastMs: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const [before, times] of [
      [early, secondMs],
      [late, lastMs],
    ] as const) {
      const held = { memo: createEngineMemo(), store: createMemoryStore() };
      await optimizeTimeMs(before, 'recoverable', held);
      times.push(await optimizeTimeMs([...before, ...lastTurn], 'recoverable', held));
    }
  }
  return median(lastMs) / median(secondMs);
}

export interface SizeFigures {
  readonly kind: string;
  readonly megabytes: number;
  readonly msPerMegabyte: number;
}

/** About how many units of each kind make a megabyte of text. */
const PER_MEGABYTE = {
  json: { units: 3_327, write: ordersJson },
  log: { units: 10_895, write: serviceLogText },
  diff: { units: 1_749, write: unifiedDiffText },
  csv: { units: 16_592, write: csvExportText },
  html: { units: 1_318, write: webPageText },
} as const;

/** Time per megabyte at these sizes, each measured once: it stays where it is when the work is linear. */
export async function measureSizes(megabytes: readonly number[]): Promise<readonly SizeFigures[]> {
  const figures: SizeFigures[] = [];
  for (const [kind, { units, write }] of Object.entries(PER_MEGABYTE)) {
    await optimizeTimeMs(askedOf(write(Math.round(units / 8))), 'recoverable');
    for (const size of megabytes) {
      const content = write(Math.round(units * size));
      const durationMs = await optimizeTimeMs(askedOf(content), 'recoverable');
      figures.push({ kind, megabytes: size, msPerMegabyte: durationMs / (content.length / 1_000_000) });
    }
  }
  return figures;
}

function askedOf(content: string): readonly ChatMessage[] {
  return [
    { role: 'user', content: 'What failed?' },
    { role: 'tool', tool_call_id: 'call_1', content },
  ];
}
