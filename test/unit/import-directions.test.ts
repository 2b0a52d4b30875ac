import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, withoutComments } from './source-imports.ts';

const SOURCE = new URL('../../src/', import.meta.url);

/** Every folder may throw our errors, check its options, tell an abort from an error, match a glob, read what may be JSON, forget what is too much, and say which peer is missing. */
const FOR_ALL = [
  'headroom-error.ts',
  'check-options.ts',
  'is-abort.ts',
  'import-peer.ts',
  'matches-glob.ts',
  'json-or-text.ts',
  'bounded-map.ts',
];

interface Direction {
  /** Folders and files whose values may be imported. */
  readonly values: readonly string[];
  /** Folders and files of which only types may be imported. */
  readonly types: readonly string[];
  /** Packages whose values may be imported; `node:` stands for every built-in module. */
  readonly packages: readonly string[];
}

/**
 * Who may import whom. A file belongs to the longest name here that its path begins with; a folder may import another's
 * files by the folder's name, or one of them by its own.
 */
const DIRECTIONS: Readonly<Record<string, Direction>> = {
  'headroom-error.ts': { values: [], types: [], packages: [] },
  'check-options.ts': { values: [], types: [], packages: [] },
  'is-abort.ts': { values: [], types: [], packages: [] },
  'import-peer.ts': { values: [], types: [], packages: [] },
  'matches-glob.ts': { values: [], types: [], packages: [] },
  'json-or-text.ts': { values: [], types: [], packages: [] },
  'bounded-map.ts': { values: [], types: [], packages: [] },
  tokens: { values: [], types: [], packages: ['gpt-tokenizer'] },
  events: { values: [], types: ['tokens'], packages: ['eventemitter3', 'node:'] },
  compression: {
    values: ['tokens', 'retrieval/store.ts', 'retrieval/limit-waiting.ts'],
    types: [],
    packages: ['node:'],
  },
  retrieval: {
    values: [
      'compression/read-part.ts',
      'compression/envelopes/part-id.ts',
      'compression/json-lines/read-json-lines.ts',
    ],
    types: ['events'],
    packages: ['node:'],
  },
  hooks: {
    values: ['events', 'tokens', 'retrieval', 'sinks/alerts', 'sinks/console-sink.ts'],
    types: [],
    packages: ['node:'],
  },
  model: { values: ['events', 'hooks', 'compression', 'retrieval', 'tokens'], types: [], packages: [] },
  sinks: { values: ['events'], types: ['tokens'], packages: [] },
  'sinks/console-sink.ts': { values: ['events', 'sinks'], types: ['tokens'], packages: [] },
  'sinks/alerts': { values: ['events', 'sinks'], types: ['tokens'], packages: [] },
  'sinks/otel': { values: ['events', 'sinks'], types: ['tokens'], packages: ['@opentelemetry/api'] },
  'sinks/prometheus': { values: ['events', 'sinks'], types: ['tokens'], packages: ['prom-client'] },
  adapters: {
    values: ['hooks', 'model', 'compression', 'retrieval', 'events', 'tokens/normalize-usage.ts'],
    types: [],
    packages: ['ai', '@strands-agents/sdk', 'node:'],
  },
  testing: { values: ['events', 'hooks', 'model', 'compression', 'retrieval', 'tokens'], types: [], packages: [] },
  'testing.ts': {
    values: ['testing', 'events', 'hooks', 'model', 'compression', 'retrieval', 'tokens'],
    types: [],
    packages: [],
  },
  cli: {
    values: ['compression', 'retrieval', 'tokens', 'sinks/version.ts'],
    types: [],
    packages: ['node:', 'commander'],
  },
  'cli.ts': { values: ['cli'], types: [], packages: [] },
  node: {
    values: ['events', 'sinks/otel', 'sinks/prometheus'],
    types: [],
    packages: ['node:', '@opentelemetry/sdk-node', '@opentelemetry/api'],
  },
  'node.ts': { values: ['node'], types: [], packages: [] },
  'index.ts': {
    values: ['events', 'hooks', 'model', 'compression', 'retrieval', 'tokens', 'sinks/alerts', 'sinks/console-sink.ts'],
    types: [],
    packages: [],
  },
};

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(new URL(path, SOURCE), 'utf8') }));

describe('the source', () => {
  test.each(files)('$path imports only what its folder may import', ({ path, text }) => {
    const home = homeOf(path);
    expect(home, `${path} belongs to no folder of the table`).toBeDefined();
    const wrong = importsOf(text).filter((one) => !isAllowed(path, home ?? '', one));
    expect(wrong).toEqual([]);
  });

  test.each(files)('$path has at most 300 lines', ({ text }) => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(300);
  });

  test('prints to the console from the console sink alone', () => {
    const printing = files.filter(({ text }) => /\bconsole\s*\./.test(withoutComments(text))).map(({ path }) => path);
    expect(printing.filter((path) => path !== 'sinks/console-sink.ts')).toEqual([]);
  });

  test('reads no clock, chance or locale in the engine, but for how long it took', () => {
    const banned =
      /\bDate\.now\b|\bnew Date\b|\bMath\.random\b|\bperformance\b|\brandomUUID\b|\blocaleCompare\b|\btoLocale\w+\b|\bIntl\b/;
    const impure = files.filter(({ path, text }) => {
      const code = withoutComments(text);
      const isTheOneThatMeasures = path === 'compression/optimize-messages.ts';
      return path.startsWith('compression/') && banned.test(isTheOneThatMeasures ? withoutDuration(code) : code);
    });
    expect(impure.map(({ path }) => path)).toEqual([]);
  });

  test('keeps private members out of the model, whose methods some hosts call through a Proxy', () => {
    const model = files.find(({ path }) => path === 'model/headroom-model.ts')?.text ?? '#missing';
    expect(withoutComments(model)).not.toMatch(/(?:^|[\s.])#[a-zA-Z_$]/);
  });
});

describe('the scanner of imports', () => {
  test('tells values from types, across lines, and sees re-exports and dynamic imports', () => {
    const text = [
      `import { a } from './a.ts';`,
      `import type { B } from './b.ts';`,
      `import {\n  c,\n  type D,\n} from './c.ts';`,
      `import './e.ts';`,
      `export { f } from './f.ts';`,
      `export type { G } from './g.ts';`,
      `const h = await import('./h.ts');`,
      `// import { no } from './no.ts';`,
      `/* import { no } from './no.ts'; */`,
      `export const from = 'nowhere';`,
    ].join('\n');
    expect(importsOf(text)).toEqual([
      { specifier: './a.ts', typeOnly: false },
      { specifier: './b.ts', typeOnly: true },
      { specifier: './c.ts', typeOnly: false },
      { specifier: './e.ts', typeOnly: false },
      { specifier: './f.ts', typeOnly: false },
      { specifier: './g.ts', typeOnly: true },
      { specifier: './h.ts', typeOnly: false },
    ]);
  });
});

function homeOf(path: string): string | undefined {
  return Object.keys(DIRECTIONS)
    .filter((name) => path === name || path.startsWith(`${name}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function isAllowed(path: string, home: string, { specifier, typeOnly }: ReturnType<typeof importsOf>[number]): boolean {
  const direction = DIRECTIONS[home];
  if (direction === undefined) return false;
  if (!specifier.startsWith('.')) {
    return direction.packages.some((name) =>
      name.endsWith(':') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`),
    );
  }
  const target = posix.normalize(posix.join(posix.dirname(path), specifier));
  const targetHome = homeOf(target);
  if (targetHome === undefined) return false;
  if (targetHome === home || FOR_ALL.includes(targetHome)) return true;
  const allowed = typeOnly ? [...direction.values, ...direction.types] : direction.values;
  return allowed.includes(targetHome) || allowed.includes(target);
}

/** Less the readings that `durationMs` is made of, which never meet the text. */
function withoutDuration(code: string): string {
  return code.replaceAll(/\bperformance\.now\(\)/g, '');
}
