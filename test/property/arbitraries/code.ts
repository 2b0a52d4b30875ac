import fc from 'fast-check';
import { CODE_FIXTURES } from '../../code-fixtures.ts';

const name = fc.constantFrom('run', 'load_all', 'parseRow', 'Order', 'constructor', '__proto__', 'naïve', '中文', 'x1');
const number = fc.integer({ min: 0, max: 999 });

/** Functions and types of one language, as many of them as are asked for, in lines of their own. */
const LANGUAGES: Readonly<Record<string, readonly ((name: string, number: number, body: string) => string)[]>> = {
  python: [
    (name, number, body) =>
      `def ${name}(self, a=${number}):\n    """What ${name} does."""\n${indent(body, '    ')}\n    return self.a`,
    (name, number, body) =>
      `class ${name}(Base):\n    limit = ${number}\n\n    def get(self):\n        if self.limit:\n${indent(body, '            ')}\n        return None`,
    (name, number) => `${name} = {\n${'    "key": 1,\n'.repeat(number % 30)}}`,
    (_name, number) => `# ${'a word '.repeat(number % 40)}`,
  ],
  typescript: [
    (name, number, body) =>
      `/** What ${name} does. */\nexport function ${name}(a: number = ${number}): void {\n${indent(body, '  ', ';')}\n}`,
    (name, number, body) =>
      `export class ${name} {\n  readonly limit: number = ${number};\n\n  get(): string {\n    if (this.limit > 0) {\n${indent(body, '      ', ';')}\n    }\n    return '';\n  }\n}`,
    (name, number, body) =>
      `it('${name}', async () => {\n${indent(body, '  ', ';')}\n  expect(${number}).toBe(1);\n});`,
    (name, number) => `export const ${name} = {\n${'  key: 1,\n'.repeat(number % 30)}};`,
    (_name, number) => `/*${' * a word\n'.repeat(number % 20)} */`,
  ],
  go: [
    (name, number, body) =>
      `// ${name} runs.\nfunc (s *Server) ${name}(a int) error {\n${indent(body, '\t')}\n\treturn ${number}\n}`,
    (name, number) => `type ${name} struct {\n${'\tfield int\n'.repeat(number % 20)}}`,
    (name, number) => `var ${name} = []int{\n${'\t1,\n'.repeat(number % 30)}}`,
  ],
  rust: [
    (name, number, body) =>
      `/// What ${name} does.\n#[inline]\npub fn ${name}(a: u32) -> Result<u32, Error> {\n${indent(body, '    ', ';')}\n    Ok(${number})\n}`,
    (name, number, body) =>
      `impl Display for ${name} {\n    fn fmt(&self, f: &mut Formatter) -> Result {\n        match self.a {\n            ${number} => {\n${indent(body, '                ', ';')}\n            }\n        }\n    }\n}`,
  ],
};

function indent(body: string, by: string, end = ''): string {
  return body
    .split('\n')
    .map((line) => `${by}${line}${end}`)
    .join('\n');
}

const body = fc
  .array(fc.constantFrom('a = b(c)', 'failed(order)', 'x = "😀 text"', 'print("timeout")', 'y = [1, 2]', 'return'), {
    minLength: 1,
    maxLength: 30,
    size: 'max',
  })
  .map((lines) => lines.join('\n'));

const HEADS: Readonly<Record<string, string>> = { go: 'package shop\n\n', python: 'import os\nfrom a import b\n\n\n' };

const FEWEST_PARTS = 3;

const generated = (maxParts: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...Object.keys(LANGUAGES)),
      fc.array(fc.tuple(fc.nat(), name, number, body), {
        minLength: FEWEST_PARTS,
        maxLength: Math.max(FEWEST_PARTS, maxParts),
        size: 'max',
      }),
    )
    .map(([language, parts]) => {
      const shapes = LANGUAGES[language] ?? [];
      const text = parts.map(
        ([shape, name, number, body]) => shapes[shape % shapes.length]?.(name, number, body) ?? '',
      );
      return `${HEADS[language] ?? ''}${text.join('\n\n')}\n`;
    });

const HOSTILE = [
  '\0',
  '\ud800',
  '😀',
  '{',
  '}',
  '(',
  ')',
  '"',
  "'",
  '`',
  '/*',
  '*/',
  '#',
  '\\',
  '\r',
  '\t',
  '"""',
  '<',
  ';',
];

/** Changes that an editor, a cut or a broken disk could make. */
const change = fc.oneof(
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    text: fc.constantFrom(...HOSTILE),
  }),
  fc.record({ kind: fc.constant('drop line' as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.double({ min: 0.4, max: 1, noNaN: true }) }),
);
type Change = typeof change extends fc.Arbitrary<infer One> ? One : never;

function apply(text: string, change: Change): string {
  const at = Math.floor(change.at * text.length);
  if (change.kind === 'insert') return text.slice(0, at) + change.text + text.slice(at);
  if (change.kind === 'cut') return text.slice(0, at);
  const lines = text.split('\n');
  lines.splice(Math.floor(change.at * lines.length), 1);
  return lines.join('\n');
}

const DRESS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text,
  (text) => text.replaceAll('\n', '\r\n'),
  (text) =>
    text
      .split('\n')
      .map((line, index) => `${String(index + 1).padStart(6)}\t${line}`)
      .join('\n'),
  (text) =>
    text
      .split('\n')
      .map((line, index) => `${String(index + 1).padStart(5)}→${line}`)
      .join('\n'),
  (text) =>
    text
      .split('\n')
      .map((line, index) => `${index + 41}: ${line}`)
      .join('\n'),
  (text) => `src/file:\n\`\`\`\n${text}\n\`\`\``,
];

/** Source code of several languages, whole and broken, as tools print it. */
export const codeText = (maxParts = 12): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.oneof(
        { weight: 3, arbitrary: generated(maxParts) },
        { weight: 2, arbitrary: fc.constantFrom(...CODE_FIXTURES.map(({ text }) => text)) },
      ),
      fc.array(change, { maxLength: 3 }),
      fc.constantFrom(...DRESS),
    )
    .map(([text, changes, dress]) => dress(changes.reduce(apply, text)));
