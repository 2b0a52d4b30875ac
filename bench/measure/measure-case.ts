import { createMemoryStore, optimizeMessages, type OptimizeOptions } from '../../src/index.ts';
import { restore } from '../../src/testing.ts';
import { type BenchmarkCase, type Needle, textOf } from '../cases/benchmark-case.ts';
import { countO200k } from './count-o200k.ts';
import { holds } from './holds.ts';
import { minify } from './plain-forms.ts';
import { isJson } from './is-json.ts';

export type MeasuredLoss = 'none' | 'recoverable';

/** What became of the tool results of one case. */
export interface CaseFigures {
  readonly name: string;
  readonly kind: string;
  /** Tokens of the tool results, those that are JSON minified. */
  readonly before: number;
  readonly after: number;
  readonly needleCount: number;
  /** Those that no longer stand in the text, and whether they come back with the original. */
  readonly missing: readonly { readonly needle: Needle; readonly isRecoverable: boolean }[];
  /** Results that `restore` did not give back. */
  readonly restoreFailures: number;
  /** Messages other than tool results that are not the same as before. */
  readonly changedElsewhere: number;
  /** Prefixes of the conversation that were sent in other words than they are now. */
  readonly prefixBreaks: number;
  readonly hasThrown: boolean;
}

/** Measures one case through the public API. Never throws: `hasThrown` says that the API did. */
export async function measureCase(benchmarkCase: BenchmarkCase, loss: MeasuredLoss): Promise<CaseFigures> {
  const { name, kind, needles } = benchmarkCase;
  try {
    return await measure(benchmarkCase, loss);
  } catch (error) {
    console.error(`${name}: ${String(error)}`);
    const nothing = { before: 0, after: 0, missing: [], restoreFailures: 0, changedElsewhere: 0, prefixBreaks: 0 };
    return { ...nothing, name, kind, needleCount: needles.length, hasThrown: true };
  }
}

interface ReadResult {
  readonly index: number;
  readonly before: string;
  readonly after: string;
  readonly restored: string;
}

async function measure({ name, kind, messages, needles }: BenchmarkCase, loss: MeasuredLoss): Promise<CaseFigures> {
  const store = createMemoryStore();
  const { messages: sent, decisions } = await optimizeMessages(messages, optionsFor(loss, store));
  const results: ReadResult[] = [];
  let changedElsewhere = 0;
  for (const [index, message] of messages.entries()) {
    if (message.role !== 'tool') {
      if (JSON.stringify(message) !== JSON.stringify(sent[index])) changedElsewhere++;
      continue;
    }
    const after = textOf(sent[index]?.content);
    const decision = decisions.find(({ messageIndex }) => messageIndex === index);
    const restored = await restore(after, decision, store).catch(() => '');
    results.push({ index, before: textOf(message.content), after, restored });
  }
  return {
    name,
    kind,
    before: sum(results, ({ before }) => countO200k(isJson(before) ? minify(before) : before)),
    after: sum(results, ({ after }) => countO200k(after)),
    needleCount: needles.length,
    missing: needles.filter((needle) => !stands(needle, results)).map((needle) => explain(needle, results)),
    restoreFailures: results.filter(({ before, restored }) => !isSame(before, restored)).length,
    changedElsewhere,
    prefixBreaks: await countPrefixBreaks(messages, sent, loss),
    hasThrown: false,
  };
}

function optionsFor(loss: MeasuredLoss, store = createMemoryStore()): OptimizeOptions {
  return loss === 'none' ? { model: 'gpt-4o', loss } : { model: 'gpt-4o', loss, store };
}

function stands({ text, before = Infinity }: Needle, results: readonly ReadResult[]): boolean {
  const read = results.filter(({ index }) => index < before);
  return holds(read.map(({ after }) => after).join('\n'), text);
}

function explain(needle: Needle, results: readonly ReadResult[]): CaseFigures['missing'][number] {
  return { needle, isRecoverable: holds(results.map(({ restored }) => restored).join('\n'), needle.text) };
}

const MOST_PREFIXES = 12;

/** How many of up to twelve prefixes were sent in other words than the whole conversation sends them. */
async function countPrefixBreaks(
  messages: BenchmarkCase['messages'],
  sent: BenchmarkCase['messages'],
  loss: MeasuredLoss,
): Promise<number> {
  if (messages.length <= 4) return 0;
  const step = Math.max(1, Math.floor(messages.length / MOST_PREFIXES));
  let breaks = 0;
  for (let length = 1; length < messages.length; length += step) {
    const prefix = await optimizeMessages(messages.slice(0, length), optionsFor(loss));
    if (JSON.stringify(prefix.messages) !== JSON.stringify(sent.slice(0, length))) breaks++;
  }
  return breaks;
}

function isSame(before: string, restored: string): boolean {
  return before === restored || (isJson(before) && isJson(restored) && minify(before) === minify(restored));
}

function sum<Item>(items: readonly Item[], figure: (item: Item) => number): number {
  return items.reduce((total, item) => total + figure(item), 0);
}
