import fc from 'fast-check';

const HOSTILE_LINES = [
  '',
  ' ',
  '\r',
  '\0',
  '\u0001\u0000\u0001 7',
  '\ud800',
  '# heading',
  '= bare',
  'A 1 2',
  'A = <*> b <*>',
  '<*>',
  '[previous line repeated 3 times more]',
  '[previous 2 lines repeated once more]',
  '[block 1: these 2 lines]',
  '[block 1: this line]',
  '[block 1 again]',
  '\\[block 1 again]',
  '\\\\[previous line repeated 3 times more]',
  '[lines 2-9 of 20 left out.]',
  '\t\tat java.lang.Thread.run(Thread.java:750)\r',
  '2024-05-01T00:00:00.000Z',
  '<|endoftext|>',
];

const templatedLine = fc
  .tuple(
    fc.constantFrom('2024-05-01T10:00:', 'May  1 10:00:', '081109 2036', ''),
    fc.integer({ min: 0, max: 12 }),
    fc.constantFrom(
      (id: number, word: string) => ` INFO worker-${id} took ${id}ms for job ${word}`,
      (id: number, word: string) => ` ERROR disk /dev/sd${word} failed with code=${id} (attempt ${id})`,
      (id: number, word: string) =>
        ` sshd[${id}]: Failed password for user ${word} from 10.0.0.${id} port ${id}000 ssh2`,
      (id: number, word: string) => `  key="${word}" value='${id}' ${word}=${id};<*${id}>`,
    ),
    fc.constantFrom('a', 'b', 'café', '<*', '*>', 'root', '😀', '\ud800'),
    fc.constantFrom('', '', '', '\r', ' ', '  '),
  )
  .map(([time, id, body, word, end]) => `${time}${String(id).padStart(2, '0')}${body(id, word)}${end}`);

const line = fc.oneof(
  { weight: 8, arbitrary: templatedLine },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_LINES) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 60, size: 'max' }).map((text) => text.replaceAll('\n', ' ')),
  },
);

/** Lines with runs, blocks that come back, templates, and lines that look like what encoders write. */
export const repetitiveLines = (maxBlocks: number): fc.Arbitrary<string[]> =>
  fc
    .array(
      fc.tuple(
        fc.array(line, { minLength: 1, maxLength: 8, size: 'max' }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: maxBlocks }),
      ),
      { minLength: 1, maxLength: maxBlocks, size: 'max' },
    )
    .map((blocks) =>
      blocks.flatMap(([block, times, other]) => [
        ...Array.from({ length: times }, () => block).flat(),
        ...(blocks[other]?.[0] ?? []),
      ]),
    );
