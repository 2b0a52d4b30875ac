import { describe, expect, test } from 'vitest';
import { detect } from '../../../../src/compression/detect.ts';
import { STRATEGIES } from '../../../../src/compression/strategies/all-strategies.ts';
import { groupedHits, groupHits } from '../../../../src/compression/strategies/grouped-hits.ts';
import { groupedPaths, groupPaths } from '../../../../src/compression/strategies/grouped-paths.ts';

function encode(name: string, text: string): string | undefined {
  const content = detect(text);
  const strategy = STRATEGIES.find((each) => each.name === name);
  if (strategy?.kinds.includes(content.kind) !== true) throw new Error(`${name} does not read ${content.kind}`);
  const encoded = strategy.encode(content);
  if (encoded !== undefined) expect(strategy.decode(encoded.text, encoded.form)).toBe(text);
  return encoded?.text;
}

/** Grouped, however short the text is. */
function group(text: string): string | undefined {
  const content = detect(text);
  if (content.kind === 'search') {
    const encoded = groupHits(content);
    if (encoded !== undefined) expect(groupedHits.decode(encoded.text, encoded.form)).toBe(text);
    return encoded?.text;
  }
  if (content.kind !== 'listing') throw new Error(`nothing to group in ${content.kind}`);
  const encoded = groupPaths(content);
  if (encoded !== undefined) expect(groupedPaths.decode(encoded.text, encoded.form)).toBe(text);
  return encoded?.text;
}

describe('hits', () => {
  test('and paths stay whole in short results, from which they are copied', () => {
    const hits = Array.from({ length: 20 }, (_, index) => `src/model/a.ts:${index * 3}:run()`);
    const paths = Array.from({ length: 20 }, (_, index) => `src/model/a${index}.ts`);
    expect(encode('grouped-hits', hits.join('\n'))).toBeUndefined();
    expect(encode('grouped-paths', paths.join('\n'))).toBeUndefined();
    expect(encode('grouped-hits', Array.from({ length: 20 }, () => hits.join('\n')).join('\n'))).toBeDefined();
    expect(encode('grouped-paths', Array.from({ length: 20 }, () => paths.join('\n')).join('\n'))).toBeDefined();
  });

  test('stand under their file, and one that comes back has a heading again', () => {
    const text = `src/v1-2-3/a.ts:12:x = 1
src/v1-2-3/a.ts-13-y
--
src/b.ts:1:x
src/b.ts:2:x
src/v1-2-3/a.ts:90:12:x
src/v1-2-3/a.ts:91:
grep: secret: Permission denied
`;
    expect(group(text)).toBe(`
src/v1-2-3/a.ts
12:x = 1
13-y
--

src/b.ts
1:x
2:x

src/v1-2-3/a.ts
90:12:x
91:
grep: secret: Permission denied
\\`);
  });

  test('of three files share their directory', () => {
    const text = ['a', 'b', 'c'].flatMap((name) => [1, 2].map((line) => `src/model/${name}.ts:${line}:run`)).join('\n');
    expect(group(text)).toMatch(/^\(files under src\/model\/\)\n\na\.ts\n1:run\n2:run\n\nb\.ts\n/);
  });

  test('stay as they are where every file has one', () => {
    expect(group('a.ts:1:x\nb.ts:1:x\nc.ts:1:x\nd.ts:1:x')).toBeUndefined();
  });
});

test('sorted symbols stand under their file', () => {
  const names = ['alpha', 'beta', 'delta', 'epsilon', 'eta', 'gamma', 'iota', 'kappa', 'theta', 'zeta'];
  const text = names
    .map((name, index) => `${name}  function  src/${index % 2 === 0 ? 'a' : 'b'}.py:${index}  -`)
    .join('\n');
  expect(encode('sorted-symbols', text)).toMatch(/^src\/a\.py\nalpha {2}function {2}~:0 {2}-\ndelta /);
});

describe('paths', () => {
  test('stand under their directory, with what all of them share said once', () => {
    const text = `224277	-rw-r--r--	framework/lib/ant.jar
4966	-rw-r--r--	framework/lib/formatter.jar
357	-rw-r--r--	framework/lib/formatter/README.md
2732	-rw-r--r--	framework/lib/formatter/build.xml
1083	-rw-r--r--	framework/lib/formatter/expected.txt
`;
    expect(group(text)).toBe(`(under framework/lib/)
(all with -rw-r--r--)
./:
224277	ant.jar
4966	formatter.jar
formatter/:
357	README.md
2732	build.xml
1083	expected.txt
\\`);
  });

  test('of the working directory have none', () => {
    const text =
      'README.md\nsrc/model/a.ts\nsrc/model/b.ts\nsrc/model/c.ts\nsrc/model/d.ts\nsrc/hooks/e.ts\nsrc/hooks/f.ts';
    expect(group(text)).toBe(
      '(under src/)\n(no directory):\nREADME.md\nmodel/:\na.ts\nb.ts\nc.ts\nd.ts\nhooks/:\ne.ts\nf.ts',
    );
  });
});

describe('a tree', () => {
  test('is drawn with a blank for each level', () => {
    const text = `app@1.0.0 /srv/app
├─┬ axios@0.18.0
│ ├── follow-redirects@1.16.3
│ └── is-buffer@1.1.6
└─┬ eslint@5.0.0
  └─┬ ajv@6.15.0
    └── uri-js@4.4.1

`;
    expect(encode('indented-tree', text)).toBe(`app@1.0.0 /srv/app
 axios@0.18.0
  follow-redirects@1.16.3
  is-buffer@1.1.6
 eslint@5.0.0
  ajv@6.15.0
   uri-js@4.4.1

`);
  });

  test('keeps sizes without the blanks before them', () => {
    const text = `[       4096]  src
├── [       3405]  a.ts
├── [      19265]  b.ts
└── [       4096]  model
    └── [         17]  c.ts

2 directories, 3 files
`;
    expect(encode('indented-tree', text)).toBe(
      '4096 src\n 3405 a.ts\n 19265 b.ts\n 4096 model\n  17 c.ts\n\n\\2 directories, 3 files\n',
    );
  });

  test('that no program draws so is left alone', () => {
    expect(encode('indented-tree', '.\n├── a.ts\n├── b.ts\n├── c.ts\n├── d.ts\n├── e.ts\n├── f.ts\n')).toBeUndefined();
  });
});
