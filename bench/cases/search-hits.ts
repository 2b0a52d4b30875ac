import type { ToolOutput } from './benchmark-case.ts';
import { createRandom, NOUNS, SERVICES, times, VERBS } from './words.ts';

/** `grep -rn timeout src`: 260 hits in about ninety files. */
export function searchHits(): ToolOutput {
  const random = createRandom(16);
  const files = times(
    90,
    () => `src/${random.pick(SERVICES)}/${random.pick(NOUNS)}/${random.pick(VERBS)}-${random.hex(3)}.ts`,
  ).toSorted();
  const hits = files.flatMap((file, index) => {
    const lines = times(random.integer(1, 5), () => random.integer(1, 400)).toSorted((one, other) => one - other);
    return lines.map((line) => {
      const text = `  const timeout = options.${random.pick(NOUNS)}Timeout ?? ${random.integer(1, 60)}_000; // ${random.pick(VERBS)}`;
      return `${file}:${line}:${index === 61 ? '  setTimeout(() => process.exit(1), timeout); // never reached?' : text}`;
    });
  });
  return {
    name: 'timeout.grep',
    kind: 'grep',
    tool: 'grep',
    arguments: { pattern: 'timeout', path: 'src' },
    text: hits.join('\n'),
    questions: [
      {
        query: 'Where does a timeout end the process?',
        needles: [{ text: 'process.exit(1)' }, { text: files[61] ?? '' }],
      },
    ],
  };
}
