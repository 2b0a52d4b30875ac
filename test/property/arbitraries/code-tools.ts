import fc from 'fast-check';

const HOSTILE_LINES = [
  '',
  ' ',
  '--',
  '\\',
  '\\a',
  '12:x',
  '12-',
  'src/v1-2-3/file.py:12:x',
  'src/v1-2-3/file.py-13-y:9:',
  '2024-05-01T00:00:01 INFO x',
  '(files under src/)',
  '(under src/)',
  '(all with -rw-r--r--)',
  '(no directory):',
  './:',
  'a/:',
  'a//b/',
  '/',
  './',
  'src/./x.ts',
  'src/a.ts:12:  12:nested',
  'C:\\dir\\a.ts:3:x',
  'grep: x: Permission denied',
  'Binary file a/b.bin matches',
  '@@ -1,2 +1,2 @@',
  '--- a/x',
  '+++ b/x',
  '\\ No newline at end of file',
  'total 12',
  '3 directories, 4 files',
  '│   ├── deep',
  '    └── [        12]  odd',
  '12 12',
  '~',
  '\0',
  '\ud800/\udc00.x:1:',
  '__proto__',
  '<|endoftext|>',
];

const folder = fc.constantFrom('src', 'lib', 'src/model', 'src/model/v1-2-3', 'a b', 'тест', '__proto__', '.', '..');
const fileName = fc.constantFrom('a.ts', 'b-12-c.ts', 'x.py', 'README.md', 'Makefile', '12', 'constructor.js', 'é.go');
const path = fc
  .tuple(fc.array(folder, { maxLength: 3 }), fileName)
  .map(([folders, name]) => [...folders, name].join('/'));
const content = fc.oneof(
  fc.constantFrom('const a = 1;', '    return x;', '', ' ', 'ERROR failed', '12:30', '-3-', 'it\'s "ok"\r', '\t\tx'),
  fc.string({ unit: 'binary', maxLength: 30, size: 'max' }).map((text) => text.replaceAll('\n', ' ')),
);
const hostileLine = fc.constantFrom(...HOSTILE_LINES);

/** Lines joined by either line end, with or without a last one, and now and then a hostile line among them. */
function text(lines: fc.Arbitrary<readonly string[]>): fc.Arbitrary<string> {
  return fc
    .tuple(
      lines,
      fc.array(fc.tuple(fc.nat(200), hostileLine), { maxLength: 2 }),
      fc.constantFrom('\n', '\n', '\n', '\r\n'),
      fc.boolean(),
    )
    .map(([source, hostile, lineEnd, endsWithNewline]) => {
      const mixed = [...source];
      for (const [at, line] of hostile) if (mixed.length > 8) mixed.splice(at % mixed.length, 0, line);
      return mixed.join(lineEnd) + (endsWithNewline ? lineEnd : '');
    });
}

const hitGroup = fc
  .tuple(
    path,
    fc.array(fc.tuple(fc.nat(2_000), fc.constantFrom(':', ':', ':', '-', '='), content), {
      minLength: 1,
      maxLength: 8,
      size: 'max',
    }),
  )
  .map(([name, hits]) => hits.map(([number, sign, found]) => `${name}${sign}${number}${sign}${found}`));

/** Hits as `grep -rn` and `rg` write them, with context. */
export const searchText = (maxFiles = 12): fc.Arbitrary<string> =>
  text(fc.array(hitGroup, { minLength: 2, maxLength: maxFiles, size: 'max' }).map((groups) => groups.flat()));

/** Hits under headings, as `rg --heading` writes them. */
export const headedSearchText = (maxFiles = 8): fc.Arbitrary<string> =>
  text(
    fc
      .array(fc.tuple(path, fc.array(content, { minLength: 2, maxLength: 12, size: 'max' })), {
        minLength: 1,
        maxLength: maxFiles,
        size: 'max',
      })
      .map((groups) =>
        groups.flatMap(([name, found]) => [name, ...found.map((line, index) => `${index * 3 + 1}:${line}`), '']),
      ),
  );

/** An index of symbols with their places, sorted by name now and then. */
export const symbolText: fc.Arbitrary<string> = text(
  fc
    .tuple(
      fc.array(
        fc.tuple(
          fc.constantFrom('main', 'run', 'Attempt', '~Pool', '__init__'),
          fc.constantFrom('src/a.ts', 'src/b.py', 'lib/c.go'),
          fc.nat(900),
        ),
        {
          minLength: 12,
          maxLength: 60,
          size: 'max',
        },
      ),
      fc.boolean(),
    )
    .map(([symbols, isSorted]) => {
      const lines = symbols.map(([name, place, number]) => `${name}  function  ${place}:${number}  (x)`);
      return isSorted ? lines.toSorted() : lines;
    }),
);

const before = fc.constantFrom(
  '',
  'M\t',
  '4096\t',
  '4096\t-rw-r--r--\t',
  '12  ',
  '   7 ',
  '4.0K\t',
  'R100\tsrc/old.ts\t',
);

/** Paths, with what `find`, `du`, `wc` and `git` write before them, and all of them written the same way or not. */
export const pathsText = (maxPaths = 40): fc.Arbitrary<string> =>
  text(
    fc
      .tuple(
        before,
        fc.array(fc.tuple(path, before, fc.integer({ min: 0, max: 9 }), fc.constantFrom('', '', '/')), {
          minLength: 5,
          maxLength: maxPaths,
          size: 'max',
        }),
        fc.boolean(),
      )
      .map(([usual, rows, isSorted]) => {
        const lines = rows.map(([name, other, chance, slash]) => `${chance > 7 ? other : usual}${name}${slash}`);
        return isSorted ? lines.toSorted() : lines;
      }),
  );

const BRANCHES = [
  ['│   ', '    ', '├── ', '└── '],
  ['│\u00a0\u00a0 ', '    ', '├── ', '└── '],
  ['|   ', '    ', '|-- ', '`-- '],
  ['|  ', '   ', '+- ', '\\- '],
] as const;

/** Trees as programs draw them, from levels. */
export const treeText = (maxRows = 40): fc.Arbitrary<string> =>
  text(
    fc
      .tuple(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fileName), { minLength: 5, maxLength: maxRows, size: 'max' }),
        fc.constantFrom(...BRANCHES),
        fc.boolean(),
      )
      .map(([wanted, [rail, gap, branch, last], isSized]) => {
        let above = 0;
        const rows = wanted.map(([level, name]) => {
          above = Math.min(level, above + 1);
          return { level: above, name };
        });
        const isLast = rows.map(({ level }, index) => {
          const next = rows.slice(index + 1).find((row) => row.level <= level);
          return next === undefined || next.level < level;
        });
        const open: boolean[] = [];
        const drawn = rows.map(({ level, name }, index) => {
          open.length = level;
          open[level] = isLast[index] !== true;
          const rails = open.slice(1, level).map((isOpen) => (isOpen ? rail : gap));
          const size = isSized ? `[${String(index * 37).padStart(11)}]  ` : '';
          return `${rails.join('')}${isLast[index] === true ? last : branch}${size}${name}`;
        });
        return ['.', ...drawn];
      }),
  );

/** Long listings of directories. */
export const longText: fc.Arbitrary<string> = text(
  fc
    .array(fc.tuple(folder, fc.array(fc.tuple(fileName, fc.nat(1_000_000)), { maxLength: 20, size: 'max' })), {
      minLength: 1,
      maxLength: 6,
    })
    .map((folders) =>
      folders.flatMap(([name, files]) => [
        `${name}:`,
        `total ${files.length}`,
        ...files.map(([file, size]) => `-rw-r--r-- 1 root root ${String(size).padStart(8)} 2024-05-01 ${file}`),
        '',
      ]),
    ),
);

const hunkLines = fc.array(fc.tuple(fc.constantFrom(' ', '+', '-'), content), {
  minLength: 1,
  maxLength: 20,
  size: 'max',
});

/** Diffs with hunks that add up, modes, renames and binaries, behind a commit now and then. */
export const diffText = (maxFiles = 6): fc.Arbitrary<string> =>
  text(
    fc
      .array(
        fc.tuple(
          path,
          fc.constantFrom('', 'new file mode 100755', 'rename from x\nrename to y', 'Binary files a/x and b/x differ'),
          fc.array(hunkLines, { minLength: 1, maxLength: 4 }),
          fc.boolean(),
        ),
        { minLength: 1, maxLength: maxFiles, size: 'max' },
      )
      .map((files) =>
        files.flatMap(([name, header, hunks, hasCommit]) => [
          ...(hasCommit ? ['commit 1234567890abcdef', 'Author: Ana <a@b.c>', '', '    change it', ''] : []),
          `diff --git a/${name} b/${name}`,
          ...(header === '' ? [] : header.split('\n')),
          `--- a/${name}`,
          `+++ b/${name}`,
          ...hunks.flatMap((lines) => [
            `@@ -1,${lines.filter(([sign]) => sign !== '+').length} +1,${lines.filter(([sign]) => sign !== '-').length} @@ fn()`,
            ...lines.map(([sign, line]) => sign + line),
          ]),
        ]),
      ),
  );

const hash = fc.integer({ min: 0x1000000, max: 0xfffffff }).map((value) => `${value.toString(16)}a1`);

/** Histories, in one line a commit or in many. */
export const commitsText = (maxCommits = 40): fc.Arbitrary<string> =>
  text(
    fc
      .tuple(
        fc.array(fc.tuple(hash, content, fc.constantFrom('Ana', 'Ben', 'bot[bot]'), fc.array(path, { maxLength: 3 })), {
          minLength: 4,
          maxLength: maxCommits,
          size: 'max',
        }),
        fc.boolean(),
      )
      .map(([commits, isOneLine]) =>
        commits.flatMap(([id, subject, author, files]) =>
          isOneLine
            ? [`${id} ${subject}`]
            : [
                `commit ${id}`,
                `Author: ${author} <x@y.z>`,
                '',
                `    ${subject}`,
                '',
                ...files.map((file) => `M\t${file}`),
              ],
        ),
      ),
  );

/** Everything that tools about code print. */
export const codeToolText: fc.Arbitrary<string> = fc.oneof(
  searchText(),
  headedSearchText(),
  symbolText,
  pathsText(),
  treeText(),
  longText,
  diffText(),
  commitsText(),
);
