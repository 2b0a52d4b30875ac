import { readFileSync } from 'node:fs';
import { type BenchmarkCase, textOf } from '../cases/benchmark-case.ts';
import { countO200k } from './count-o200k.ts';
import { holds } from './holds.ts';

/** What another tool made of the same cases. */
export interface PeerResults {
  /** Name, version and settings. */
  readonly peer: string;
  readonly byCase: ReadonlyMap<string, PeerFigures>;
}

export interface PeerFigures {
  readonly after: number;
  readonly needleCount: number;
  readonly needlesInText: number;
}

/**
 * Reads JSON lines: first `{ peer }`, then `{ name, texts }` per case, the texts of its tool results in order, which are
 * counted and searched here. Or a JSON file of figures: `{ peer, rows: [{ file, tokensPeer, needles, needlesInPeerText }] }`.
 */
export function readPeerResults(file: string, cases: readonly BenchmarkCase[]): PeerResults {
  const content = readFileSync(file, 'utf8');
  const lines = content.trim().split('\n');
  return lines[0]?.endsWith('}') === true ? readTexts(lines, cases) : readFigures(content);
}

function readTexts(lines: readonly string[], cases: readonly BenchmarkCase[]): PeerResults {
  const [head, ...rest] = lines;
  const { peer } = JSON.parse(head ?? '{}') as { peer: string };
  const caseOf = new Map(cases.map((benchmarkCase) => [benchmarkCase.name, benchmarkCase]));
  const byCase = new Map<string, PeerFigures>();
  for (const line of rest) {
    const { name, texts } = JSON.parse(line) as { name: string; texts: readonly unknown[] };
    const benchmarkCase = caseOf.get(name);
    if (benchmarkCase !== undefined) byCase.set(name, figuresOf(texts.map(textOf), benchmarkCase));
  }
  return { peer, byCase };
}

function figuresOf(texts: readonly string[], { messages, needles }: BenchmarkCase): PeerFigures {
  const places = [...messages.keys()].filter((index) => messages[index]?.role === 'tool');
  const readBefore = (end: number): string => texts.filter((_text, place) => (places[place] ?? 0) < end).join('\n');
  return {
    after: texts.reduce((tokens, text) => tokens + countO200k(text), 0),
    needleCount: needles.length,
    needlesInText: needles.filter(({ text, before = Infinity }) => holds(readBefore(before), text)).length,
  };
}

interface FigureRow {
  readonly file: string;
  readonly tokensPeer: number;
  readonly needles: number;
  readonly needlesInPeerText: number;
}

function readFigures(content: string): PeerResults {
  const { peer, rows } = JSON.parse(content) as { peer: string; rows: readonly FigureRow[] };
  const byCase = rows.map(({ file, tokensPeer, needles, needlesInPeerText }): [string, PeerFigures] => [
    file,
    { after: tokensPeer, needleCount: needles, needlesInText: needlesInPeerText },
  ]);
  return { peer: `${peer} (figures of another run)`, byCase: new Map(byCase) };
}
