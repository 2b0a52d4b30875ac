/**
 * What one turn of an agent costs late in a long conversation, against an early one with as much that is new: results
 * already sent come from the memo, and looking for an earlier result like the new one must not cost more, however many
 * there are. Run: `node bench/per-turn.ts`.
 */
import { createEngineMemo } from '../src/compression/engine-memo.ts';
import { optimizeWith } from '../src/compression/optimize-messages.ts';
import { resolveOptions } from '../src/compression/options.ts';
import { createMemoryStore } from '../src/retrieval/memory-store.ts';

const TURNS = 200;
const REPETITIONS = 15;
/** Turns that are compared: as many at the beginning as at the end. */
const COMPARED_TURNS = 8;

const words = 'request worker payment order retry database index cluster region accepted settings parse value'.split(
  ' ',
);

/** Numbers below `limit` that look random and are the same in each run. */
function createDraw(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Results of tools as an agent gets them: new files, files read again after an edit, polls, logs. */
function createResults(seed: number): readonly string[] {
  const draw = createDraw(seed);
  const word = (): string => words[draw(words.length)] ?? '';
  const sentence = (length: number): string => Array.from({ length }, word).join(' ');
  const file = Array.from({ length: 120 }, () => `  ${sentence(7)};`);
  const rows = Array.from({ length: 60 }, (_, id) => ({ id, name: `${word()}-${id}`, state: word(), ms: draw(900) }));
  return Array.from({ length: TURNS }, (_, turn) => {
    if (turn % 4 === 0) return Array.from({ length: 120 }, () => `  ${sentence(7)};`).join('\n');
    if (turn % 4 === 1) {
      file[draw(file.length)] = `  ${sentence(9)};`;
      return file.map((line, index) => `${String(index + 1).padStart(6)}\t${line}`).join('\n');
    }
    if (turn % 4 === 2) {
      const row = rows[draw(rows.length)];
      if (row !== undefined) row.ms = draw(900);
      return JSON.stringify({ turn, rows });
    }
    return Array.from(
      { length: 100 },
      (_line, index) => `2026-03-12T02:${index % 60}:00Z INFO ${sentence(5)} id=${draw(9_999)}`,
    ).join('\n');
  });
}

function conversationOf(results: readonly string[]): readonly unknown[] {
  return results.flatMap((content, turn) => [
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: `c${turn}`, type: 'function', function: { name: 'run', arguments: `{"step":${turn}}` } }],
    },
    { role: 'tool', tool_call_id: `c${turn}`, content },
  ]);
}

/** Milliseconds that each turn of one conversation takes, all that was before it in the memo. */
async function measureTurnsMs(seed: number, loss: 'none' | 'recoverable'): Promise<readonly number[]> {
  const messages = conversationOf(createResults(seed));
  const settings = resolveOptions({ loss, store: createMemoryStore() });
  const context = { settings, family: 'o200k', memo: createEngineMemo(), onFault: () => {} } as const;
  const turnsMs: number[] = [];
  for (let length = 2; length <= messages.length; length += 2) {
    const prompt = messages.slice(0, length);
    const start = performance.now();
    await optimizeWith(prompt, context);
    turnsMs.push(performance.now() - start);
  }
  return turnsMs;
}

/** Of each turn the fastest of all repetitions: what else the machine does makes turns slower, never faster. */
function fastest(repetitions: readonly (readonly number[])[], turns: readonly number[]): number {
  const totalMs = turns.reduce((sum, turn) => sum + Math.min(...repetitions.map((turnsMs) => turnsMs[turn] ?? 0)), 0);
  return totalMs / turns.length;
}

// The first turns have nothing to be compared with, so the second round of four kinds is the first that counts.
const earlyTurns = Array.from({ length: COMPARED_TURNS }, (_, index) => 4 + index);
const lateTurns = Array.from({ length: COMPARED_TURNS }, (_, index) => TURNS - COMPARED_TURNS + index);

for (const loss of ['none', 'recoverable'] as const) {
  const repetitions: (readonly number[])[] = [];
  for (let repetition = 0; repetition < REPETITIONS; repetition++) repetitions.push(await measureTurnsMs(7, loss));
  const earlyMs = fastest(repetitions, earlyTurns);
  const lateMs = fastest(repetitions, lateTurns);
  console.log(
    `${loss.padEnd(12)} turns 5-12: ${earlyMs.toFixed(2)} ms each, turns ${TURNS - COMPARED_TURNS + 1}-${TURNS}: ${lateMs.toFixed(2)} ms each, ratio ${(lateMs / earlyMs).toFixed(2)}`,
  );
}
