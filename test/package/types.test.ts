import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { installedPeers, installPacked, packageJson, type Consumer } from './packed-package.ts';

const STRICT = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  module: 'nodenext',
  target: 'es2022',
  noEmit: true,
};

const bare = installPacked();
const full = installPacked([...installedPeers, '@ai-sdk/openai', '@types/node', 'zod']);
afterAll(() => {
  bare.remove();
  full.remove();
});

test('the declarations of the entries without peers check where nothing else is installed, not even the types of Node', () => {
  const program = `
    import { createHeadroomHooks, HeadroomError, HeadroomModel, optimizeMessages } from 'headroom-hooks';
    import type { EventOf, HeadroomEvent, OptimizeOptions, RetrievalStore, Sink } from 'headroom-hooks';
    import { assertPaired, fixedClock, recordEvents, restore } from 'headroom-hooks/testing';
    import { createTokenAlerts } from 'headroom-hooks/alerts';

    const sink: Sink = { name: 'mine', attach: (events) => events.on('run.end', ({ savings }) => void savings.tokensSaved) };
    const hooks = createHeadroomHooks({ sinks: [sink], clock: fixedClock(), tokenAlertThreshold: 0 });
    const events: readonly HeadroomEvent[] = recordEvents(hooks.events);
    assertPaired(events);
    const onRunEnd = (event: EventOf<'run.end'>): string => event.outcome;
    hooks.on('run.end', (event) => void onRunEnd(event));

    const bare = {
      specificationVersion: 'v3' as const,
      provider: 'mine',
      modelId: 'mine-1',
      supportedUrls: {},
      extra: 'of my own',
      doGenerate: async (options: { prompt: string[] }) => ({ content: options.prompt }),
      doStream: async (options: { prompt: string[] }) => ({ stream: options.prompt }),
    };
    const model = new HeadroomModel(bare, { events: hooks.events, mode: 'audit' });
    const same: typeof bare = model;
    const extra: string = model.underlyingModel.extra;
    const saved: number = model.totalTokensSaved + model.getSavingsSummary().totalTokensSaved;

    const options: OptimizeOptions = { loss: 'none', tools: { 'mcp__*': 'lossless' } };
    const { messages, metrics, decisions } = await optimizeMessages([{ role: 'user', content: 'hello' }], options);
    const content: string | undefined = messages[0]?.content;
    const store: RetrievalStore = hooks.store;
    for (const decision of decisions) await restore('', decision, store);

    // @ts-expect-error An option that does not exist is a type error.
    createHeadroomHooks({ tokenThreshold: 1 });
    // @ts-expect-error A model's name is not a model.
    void new HeadroomModel('gpt-5');
    // @ts-expect-error Events are facts of the past.
    hooks.on('run.end', (event) => { event.outcome = 'ok'; });

    export { HeadroomError, content, createTokenAlerts, extra, metrics, same, saved };
  `;
  expect(check(bare, { 'main.ts': program }, { skipLibCheck: false, types: [], lib: ['es2022', 'dom'] })).toBe('');
});

test('the declarations of every entry check where its peers are installed', () => {
  const entries = Object.keys(packageJson.exports).filter((entry) => entry !== './package.json');
  const program = entries.map((entry, index) => `export * as entry${index} from 'headroom-hooks${entry.slice(1)}';`);
  expect(check(full, { 'entries.ts': program.join('\n') }, { skipLibCheck: true, types: ['node'] })).toBe('');
});

test.each(['README.md', 'docs/opentelemetry.md'])('every TypeScript block of %s checks', (path) => {
  const page = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const blocks = [...page.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, block]) => block ?? '');
  expect(blocks.length).toBeGreaterThan(2);
  const files = Object.fromEntries(
    blocks.map((block, index) => [`${path.replaceAll(/\W/g, '-')}-${index + 1}.ts`, block]),
  );
  expect(check(full, files, { skipLibCheck: true, types: ['node'] })).toBe('');
});

/** What a strict TypeScript says of these files; nothing when all is well. */
function check(consumer: Consumer, files: Readonly<Record<string, string>>, compilerOptions: object): string {
  for (const [path, text] of Object.entries(files)) consumer.write(path, text);
  consumer.write('package.json', JSON.stringify({ type: 'module', private: true }));
  const project = consumer.write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions: { ...STRICT, ...compilerOptions }, files: Object.keys(files) }),
  );
  const { stdout, stderr } = spawnSync('tsc', ['-p', project, '--pretty', 'false'], { encoding: 'utf8' });
  return `${stdout}${stderr}`;
}
