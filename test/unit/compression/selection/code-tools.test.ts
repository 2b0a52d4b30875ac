import { describe, expect, test } from 'vitest';
import { detect } from '../../../../src/compression/detect.ts';
import { SELECTIONS } from '../../../../src/compression/strategies/all-strategies.ts';

function select(text: string, query = '', budgetTokens = 150): string {
  const content = detect(text);
  const selection = SELECTIONS.find(({ kinds }) => kinds.includes(content.kind));
  const selected = selection?.select(content, {
    query,
    budgetTokens,
    count: (part) => part.length / 4,
    retrievalId: 'abc123',
  });
  if (selected === undefined) throw new Error(`nothing was left out of ${content.kind}`);
  expect(selected.text.split('\n')[0]).toContain('headroom_retrieve with id "abc123"');
  return selected.text;
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('hits left out', () => {
  const hits = range(40).flatMap((file) =>
    range(5).map((hit) => `src/area${file % 4}/f${file}.ts:${hit + 1}:  load(${hit});`),
  );

  test('leave every file named with its hits', () => {
    const text = select(hits.join('\n'), '', 1_000);
    expect(text).toContain('the search has 200 hits in 40 files');
    for (const file of range(40)) expect(text).toContain(`f${file}.ts 5`);
  });

  test('leave sums of directories where files are too many', () => {
    expect(select(hits.join('\n'), '', 100)).toContain('src/area3/: 50 in 10 files');
  });

  test('are not those that the query asks for, which stay word by word behind their number', () => {
    const lines = [...hits];
    lines[77] = 'src/area3/f15.ts:3:  throw new Error("token contains newlines");';
    expect(select(lines.join('\n'), 'Where do we reject tokens with newlines?')).toContain(`\n78\t${lines[77]}`);
    expect(select(hits.join('\n'), 'What is at src/area1/f21.ts line 4?')).toContain('\n109\tsrc/area1/f21.ts:4:');
  });

  test('of a log keep one of each kind of failure', () => {
    const lines = range(60).map(
      (index) => `var/app.log:${index}:2024-05-01T10:00:${10 + (index % 40)}Z ERROR disk ${index} is gone`,
    );
    lines[30] = 'var/app.log:30:2024-05-01T10:00:31Z FATAL the clock is gone';
    expect(select(lines.join('\n'), '', 10)).toContain(lines[30]);
  });
});

describe('a diff with lines left out', () => {
  const hunk = (at: number, lines: readonly string[]): string =>
    `@@ -${at},${lines.filter((line) => !line.startsWith('+')).length} +${at},${lines.filter((line) => !line.startsWith('-')).length} @@ f()\n${lines.join('\n')}`;
  const file = (name: string, ...hunks: readonly string[]): string =>
    `diff --git a/${name} b/${name}\nindex 1a2b..3c4d 100644\n--- a/${name}\n+++ b/${name}\n${hunks.join('\n')}`;

  test('says what generated files changed, and keeps the small change beside them', () => {
    const lock = range(300).map((index) => `+    "node_modules/p${index}": { "version": "1.0.${index}" },`);
    const text = select(
      [
        file('src/a.ts', hunk(3, [' one', '-two', '+three'])),
        file('package-lock.json', hunk(1, lock)),
        'diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755',
      ].join('\n'),
    );
    expect(text).toContain('@@ -3,2 +3,2 @@ f()\n one\n-two\n+three\n');
    expect(text).toMatch(/\+\+\+ b\/package-lock\.json\n\[lines 13-313 left out: 1 hunk \+300 -0\]\n/);
    expect(text).toContain('old mode 100644\nnew mode 100755');
    expect(text).toContain('the diff changes 3 files, +301 -1');
  });

  test('keeps changes before context, and the hunk that the query asks for', () => {
    const filler = (name: string): string[] =>
      range(120).flatMap((index) => [
        ` ${name} ${index} stays as it was before`,
        `+${name} ${index} is new in this version`,
      ]);
    const text = select(
      file(
        'src/a.ts',
        hunk(1, filler('alpha')),
        hunk(400, [...filler('beta'), '-return pool.take();', '+return pool.borrow();']),
        hunk(900, filler('gamma')),
      ),
      'What replaced pool.take?',
    );
    expect(text).toContain('-return pool.take();\n+return pool.borrow();');
    expect(text.match(/^@@ /gm)?.length).toBe(3);
    expect(text).not.toContain('gamma 20 stays');
  });
});

describe('entries left out of a listing', () => {
  const entries = range(300).map((index) => `${index + 10}\tsrc/part${index % 3}/file${index}.ts`);

  test('are summed by directory', () => {
    const text = select(entries.join('\n'));
    expect(text).toContain('300 entries in 3 directories, sizes sum to 47850, counted by directory');
    expect(text).toContain('src/part0/: 100, 15850');
  });

  test('are not the largest, the rare, and what the query asks for', () => {
    const lines = [...entries];
    lines[120] = '99999\tsrc/part0/data.bin';
    const text = select(lines.join('\n'), 'How big is file250.ts?');
    expect(text).toContain('121\t99999\tsrc/part0/data.bin');
    expect(text).toContain('251\t260\tsrc/part1/file250.ts');
  });

  test('of a tree keep the directories above what stays', () => {
    const lines = [
      '.',
      ...range(6).flatMap((part) => [`├── part${part}`, ...range(12).map((file) => `│   ├── f${part}x${file}.ts`)]),
    ];
    const text = select(lines.join('\n'), 'Where is f4x7.ts?', 60);
    expect(text).toContain('├── part4\n');
    expect(text).toContain('├── f4x7.ts');
  });
});

describe('commits left out of a history', () => {
  test('are not the newest, tags, and what the query asks for', () => {
    const lines = range(200).map((index) => `${(0xabc0000 + index * 7).toString(16)}f Bump the library ${index}`);
    lines[90] = 'a0b1c2d (tag: v2.0-rc.5) Prepare 2.0-rc.5';
    lines[140] = 'b0c1d2e Detect the rate limit by its body';
    const text = select(lines.join('\n'), 'Which commit detects the rate limit?');
    expect(text).toContain(`\n1\t${lines[0]}`);
    expect(text).toContain(`\n91\t${lines[90]}`);
    expect(text).toContain(`\n141\t${lines[140]}`);
  });

  test('are counted by author, and one that is asked for stays whole', () => {
    const commit = (index: number, subject: string): string =>
      `commit ${(0xabc0000 + index).toString(16)}\nAuthor: ${index % 3 === 0 ? 'Ana' : 'Ben'} <x@y.z>\nDate:   2024-05-01\n\n    ${subject}\n\nM\tsrc/f${index}.ts\nA\tsrc/g${index}.ts\n`;
    const text = select(
      range(60)
        .map((index) => commit(index, index === 33 ? 'Aggregate restarts' : `Bump ${index}`))
        .join('\n'),
      'Which files did the aggregation of restarts add?',
    );
    expect(text).toContain('60 commits, 120 changes of files; by author: Ben 40, Ana 20');
    expect(text).toMatch(/\tM\tsrc\/f33\.ts\n\d+\tA\tsrc\/g33\.ts/);
  });
});
