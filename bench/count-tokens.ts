import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { loadTokenCounter } from '../src/tokens/count-tokens.ts';

const REPETITIONS = 15;
const plainText = { disallowedSpecial: new Set<string>() };

/** A fixed sequence of pseudo-random integers below `limit`, so that each run of the benchmark sees the same samples. */
function createDraw(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const draw = createDraw(7);
const words =
  'request worker timeout connection server payment order retry database index cluster region failed accepted'.split(
    ' ',
  );
const word = (): string => words[draw(words.length)] ?? '';
const hex = (length: number): string => Array.from({ length }, () => draw(16).toString(16)).join('');
const lines = (length: number, line: (index: number) => string): string =>
  Array.from({ length }, (_, index) => line(index)).join('\n');

const samples: Readonly<Record<string, string>> = {
  'json records': JSON.stringify(
    Array.from({ length: 600 }, (_, index) => ({
      id: index,
      trace: hex(16),
      state: word(),
      ms: draw(5_000),
      note: `${word()} ${word()}`,
      error: null,
    })),
  ),
  logs: lines(
    900,
    (index) =>
      `2024-05-01T10:${index % 60}:07.${draw(999)}Z INFO ${word()}-${draw(9)} ${word()} ${word()} id=${hex(8)} took=${draw(900)}ms`,
  ),
  prose: lines(400, () => Array.from({ length: 14 }, word).join(' ')),
  code: lines(
    900,
    (index) =>
      `${'  '.repeat(index % 5)}const ${word()}_${draw(50)} = await this.${word()}.${word()}({ ${word()}: ${draw(99)} });`,
  ),
  table: lines(
    600,
    (index) => `${word().padEnd(24)}${String(index).padStart(8)}   ${hex(12)}   ${word().padStart(20)}`,
  ),
  chinese: lines(300, () => Array.from({ length: 40 }, () => String.fromCodePoint(0x4e00 + draw(3_000))).join('')),
};

function measureMs(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function median(durations: readonly number[]): number {
  return durations.toSorted((first, second) => first - second)[durations.length >> 1] ?? 0;
}

const count = await loadTokenCounter('o200k');
for (const [name, text] of Object.entries(samples)) {
  const plainMs: number[] = [];
  const oursMs: number[] = [];
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    plainMs.push(measureMs(() => countTokens(text, plainText)));
    oursMs.push(measureMs(() => count(text)));
  }
  const ratio = median(oursMs) / median(plainMs);
  const equal = count(text) === countTokens(text, plainText) ? 'equal' : 'DIFFERENT';
  console.log(
    `${name.padEnd(14)}${String(text.length).padStart(8)} characters  ${median(oursMs).toFixed(2)} ms  ${ratio.toFixed(2)} of plain  ${equal}`,
  );
}
