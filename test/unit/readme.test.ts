import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/events/event.ts';

const ROOT = new URL('../../', import.meta.url);
const readme = read('README.md');

describe('the README', () => {
  test('shows examples/quick-start.ts word for word', () => {
    const quickStart = /<!-- quick start.*?-->\s*```ts\n([\s\S]*?)```\s*<!-- end of quick start -->/.exec(readme)?.[1];
    expect(quickStart).toBe(read('examples/quick-start.ts'));
  });

  test.each([
    ['### `createHeadroomHooks(options)`', 'src/hooks/create-headroom-hooks.ts', 'HeadroomHooksOptions'],
    ['### `new HeadroomModel(model, options)`', 'src/model/headroom-model.ts', 'HeadroomModelOptions'],
    ['### `optimizeMessages(messages, options)`', 'src/compression/options.ts', 'OptimizeOptions'],
    ['### How large a result should be', 'src/compression/token-limits.ts', 'TokenLimits'],
  ])('under %s lists every option there is, and no other', (heading, path, interfaceName) => {
    expect(optionsUnder(heading)).toEqual(fieldsOf(interfaceName, read(path)));
  });

  test('names every type of event', () => {
    const events = sectionUnder('## Events');
    expect(EVENT_TYPES.filter((type) => !events.includes(`\`${type}\``))).toEqual([]);
  });
});

describe.each([
  'README.md',
  'CONTRIBUTING.md',
  'docs/alerts.md',
  'docs/inspect.md',
  'docs/opentelemetry.md',
  'docs/operators.md',
  'docs/prometheus.md',
  'docs/spans.md',
  'docs/from-python.md',
  'docs/hosts/ai-sdk.md',
  'docs/hosts/mastra.md',
  'docs/hosts/langchain.md',
  'docs/hosts/mcp.md',
  'docs/hosts/openai-agents.md',
  'docs/hosts/strands.md',
  'docs/decisions/0001-the-house.md',
])('%s', (path) => {
  test('links to files that exist', () => {
    const links = [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link ?? '');
    expect(links.filter((link) => !existsSync(new URL(link, new URL(path, ROOT))))).toEqual([]);
  });

  test('names scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    const named = [...read(path).matchAll(/npm run (?:--?\w+ )*([\w:]+)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

/** From a heading to the next one of its level or above. */
function sectionUnder(heading: string): string {
  const level = heading.indexOf(' ');
  const start = readme.indexOf(`\n${heading}\n`);
  expect(start, `the README has a heading ${heading}`).toBeGreaterThan(-1);
  const body = readme.slice(start + heading.length + 2);
  const end = new RegExp(`^#{1,${level}} `, 'm').exec(body);
  return body.slice(0, end?.index);
}

function optionsUnder(heading: string): readonly string[] {
  return [...sectionUnder(heading).matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name ?? '').toSorted();
}

/** The limits of tokens are the only fields that interfaces of options share. */
function fieldsOf(interfaceName: string, source: string): readonly string[] {
  const [, shared, body = ''] =
    new RegExp(`^export interface ${interfaceName} (extends TokenLimits )?\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(source) ??
    [];
  const own = [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name]) => name ?? '');
  const others = shared === undefined ? [] : fieldsOf('TokenLimits', read('src/compression/token-limits.ts'));
  return [...own, ...others].toSorted();
}
