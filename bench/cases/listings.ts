import type { ToolOutput } from './benchmark-case.ts';
import { createRandom, NOUNS, SERVICES, times, VERBS } from './words.ts';

function paths(count: number, seed: number): readonly string[] {
  const random = createRandom(seed);
  const made = times(
    count,
    (index) =>
      `./packages/${random.pick(SERVICES)}/src/${random.pick(NOUNS)}/${random.pick(VERBS)}-${index}.${random.pick(['ts', 'ts', 'test.ts', 'json'])}`,
  );
  return made.toSorted();
}

/** `find . -type f` over 700 files, one of them where it does not belong. */
export function fileListing(): ToolOutput {
  const files = paths(700, 23);
  return {
    name: 'find.txt',
    kind: 'listing',
    tool: 'bash',
    arguments: { command: 'find . -type f' },
    text: [...files.slice(0, 400), './packages/payments/src/private-key.pem', ...files.slice(400)].join('\n'),
    questions: [{ query: 'Is there a private key among the files?', needles: [{ text: 'private-key.pem' }] }],
  };
}

/** `ls -l` of one folder. */
export function longListing(): ToolOutput {
  const random = createRandom(24);
  const rows = paths(160, 25).map((path, index) => {
    const size = index === 70 ? 41_932_044_288 : random.integer(200, 90_000);
    return `-rw-r--r-- 1 shop shop ${String(size).padStart(12)} Mar ${String(random.integer(1, 12)).padStart(2)} 0${random.integer(0, 9)}:${random.integer(10, 59)} ${path.slice(path.lastIndexOf('/') + 1)}`;
  });
  return {
    name: 'ls.txt',
    kind: 'listing',
    tool: 'bash',
    arguments: { command: 'ls -l spool' },
    text: ['total 40949320', ...rows].join('\n'),
    questions: [{ query: 'Which file fills the disk?', needles: [{ text: '41932044288', kind: 'outlier' }] }],
  };
}
