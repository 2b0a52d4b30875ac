import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOtlpReceiver } from '../../otlp/otlp-receiver.ts';
import { installFixture } from './install-fixture.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FIXTURE = join(ROOT, 'test/fixtures/otel-versions');

/**
 * The SDK 2.x and the API 1.9, which this package's own development has in newer versions, installed from the registry
 * beside what this source builds to.
 */
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'headroom-hooks-otel-')));
const home = join(folder, 'node_modules/headroom-hooks');
const ownApi = join(home, 'node_modules/@opentelemetry/api');
const isInstalled = installFixture(FIXTURE, folder, 'SDK 2.x and API 1.9');

beforeAll(() => {
  if (!isInstalled) return;
  mkdirSync(home, { recursive: true });
  run('tsc', ['-p', join(ROOT, 'tsconfig.build.json'), '--outDir', join(home, 'dist')]);
  cpSync(join(ROOT, 'package.json'), join(home, 'package.json'));
  for (const name of ['eventemitter3', 'gpt-tokenizer']) link(name, join(folder, 'node_modules', name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!isInstalled)('with SDK 2.x and API 1.9', () => {
  test('spans and metrics reach the SDK', () => {
    const { spans, metrics, warnings } = agent([]);
    expect(warnings).toEqual([]);
    expect(spans.map(({ name, parent }) => [name, parent])).toEqual(SPANS);
    expect(totalOf(metrics, 'gen_ai.client.inference.duration')).toBe(2);
    expect(totalOf(metrics, 'headroom.compression.saved_tokens')).toBeGreaterThan(100);
    expect(totalOf(metrics, 'headroom.build_info')).toBe(1);
  });

  test('metrics reach an SDK that is registered when the sink was used already', () => {
    const { spans, metrics, warnings } = agent(['late']);
    expect(warnings).toEqual([]);
    expect(spans).toHaveLength(SPANS.length);
    expect(totalOf(metrics, 'gen_ai.client.inference.duration')).toBe(2);
    expect(totalOf(metrics, 'headroom.runs_active')).toBe(0);
  });

  test('spans: enrich writes on the spans of the AI SDK, opens none, and counts nothing that the AI SDK counts', () => {
    const { spans, metrics, warnings } = agent(['ai-sdk']);
    expect(warnings).toEqual([]);
    expect(new Set(spans.map(({ scope }) => scope))).not.toContain('headroom-hooks');
    const calls = spans.filter(({ attributes }) => attributes['headroom.compression.mode'] === 'optimize');
    expect(calls.map(({ name }) => name)).toEqual(['chat scripted-model', 'chat scripted-model']);
    expect(calls.map(({ attributes }) => attributes['gen_ai.conversation.compacted'])).toEqual([undefined, true]);
    expect(calls[1]?.attributes['headroom.compression.saved_tokens']).toBeGreaterThan(100);
    const scopes = metrics.filter(({ name }) => name.startsWith('gen_ai.')).map(({ scope }) => scope);
    expect(scopes).not.toContain('headroom-hooks');
    expect(totalOf(metrics, 'headroom.compression.saved_tokens')).toBeGreaterThan(100);
  });
});

describe.skipIf(!isInstalled)('with the oldest SDK for Node that is taken', () => {
  test.each(['http/protobuf', 'http/json'])(
    'one call starts what sends spans and metrics over %s',
    async (protocol) => {
      const receiver = await openOtlpReceiver();
      const program = ['--no-warnings', join(folder, 'telemetry.mjs'), receiver.endpoint, protocol];
      const { stderr } = await promisify(execFile)(process.execPath, program);
      await receiver.close();
      expect(stderr).toBe('');
      expect(receiver.spans.map(({ name, service }) => [name, service])).toEqual([
        ['chat scripted-model', 'older'],
        ['invoke_agent clerk', 'older'],
      ]);
      const { points } = receiver.metrics.find(({ name }) => name === 'gen_ai.client.inference.duration') ?? {};
      expect(points?.map(({ count }) => count)).toEqual([1]);
    },
  );
});

describe.skipIf(!isInstalled)('with a newer copy of the API of its own', () => {
  beforeAll(() => link('@opentelemetry/api', ownApi));
  afterAll(() => rmSync(ownApi));

  test('what is lost is said, once', () => {
    const { spans, metrics, warnings } = agent([]);
    expect(spans).toEqual([]);
    expect(metrics).toEqual([]);
    expect(warnings).toEqual(['HEADROOM_OTEL_API_MISMATCH']);
  });

  test('nothing is lost where the sink is given its providers', () => {
    const { spans, metrics, warnings } = agent(['given']);
    expect(warnings).toEqual([]);
    expect(spans).toHaveLength(SPANS.length);
    expect(totalOf(metrics, 'gen_ai.client.inference.duration')).toBe(2);
  });
});

const SPANS = [
  ['chat scripted-model', 'invoke_agent clerk'],
  ['execute_tool list', 'invoke_agent clerk'],
  ['headroom.compress', 'invoke_agent clerk'],
  ['chat scripted-model', 'invoke_agent clerk'],
  ['invoke_agent clerk', undefined],
];

interface Told {
  readonly warnings: readonly string[];
  readonly spans: readonly {
    readonly name: string;
    readonly parent?: string;
    readonly scope: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
  readonly metrics: readonly { readonly scope: string; readonly name: string; readonly total: number }[];
}

function agent(how: readonly string[]): Told {
  return JSON.parse(run(process.execPath, ['--no-warnings', join(folder, 'agent.mjs'), ...how])) as Told;
}

function totalOf(metrics: Told['metrics'], name: string): number | undefined {
  return metrics.find((metric) => metric.name === name)?.total;
}

function link(name: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(realpathSync(join(ROOT, 'node_modules', name)), path, 'junction');
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}
