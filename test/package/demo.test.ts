import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { startOpenAIServer } from '../../examples/demo/openai-server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Finished {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

interface RunOptions {
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Sent Ctrl-C as soon as the output holds this. */
  readonly interruptAt?: string;
  /** Called with the output so far before that. */
  readonly beforeInterrupt?: (output: string) => Promise<void>;
}

async function run(
  script: string,
  { args = [], environment = {}, interruptAt, beforeInterrupt }: RunOptions = {},
): Promise<Finished> {
  const {
    OPENAI_API_KEY: _key,
    OPENAI_BASE_URL: _url,
    OPENAI_MODEL: _model,
    FORCE_COLOR: _color,
    ...own
  } = process.env;
  const child = spawn(process.execPath, ['--experimental-strip-types', '--no-warnings', script, ...args], {
    cwd: root,
    env: { ...own, ...environment },
  });
  if (interruptAt !== undefined) {
    let seen = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const before = seen;
      seen += chunk.toString();
      if (before.includes(interruptAt) || !seen.includes(interruptAt)) return;
      void Promise.resolve(beforeInterrupt?.(seen)).finally(() => child.kill('SIGINT'));
    });
  }
  const [[exitCode], output, errors] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { exitCode, output, errors };
}

const demo = (options?: RunOptions) => run('examples/demo/main.ts', options);

/** Ports are given out by the system and differ from run to run. */
const withoutPorts = (output: string) => output.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1');

describe('the demo in a pipe, without a key', () => {
  let finished: Finished;
  beforeAll(async () => {
    finished = await demo();
  });

  it('succeeds, silent on the error stream, in plain text', () => {
    expect(finished).toMatchObject({ exitCode: 0, errors: '' });
    expect(finished.output).not.toContain('\u001B');
  });

  it('lists every tool result once, with what was done with it', () => {
    const rows = [...finished.output.matchAll(/^ {4}(\w+) +(\w+) +(\S.*?) +([\d,]+) +([\d,]+) +-?([\d.]+) %/gm)];
    const [own, others] = [true, false].map((isOwn) =>
      rows.filter(([, tool]) => (tool === 'headroom_retrieve') === isOwn),
    );
    expect(others?.map(([, tool]) => tool)).toEqual([
      'list_deployments',
      'query_metrics',
      'search_logs',
      'search_logs',
      'get_pods',
      'get_diff',
      'search_code',
      'list_orders',
    ]);
    expect(own?.length).toBeGreaterThan(0);
    expect(own?.every(([, , , how]) => how === 'as is: own result')).toBe(true);
  });

  it('saves at least 60 % of the tool result tokens', () => {
    const [, readOnce] = /read once +.* ([\d.]+) % saved/.exec(finished.output) ?? [];
    const [, inAllCalls] = /in all \d+ calls +.* ([\d.]+) % saved/.exec(finished.output) ?? [];
    expect(Number(readOnce)).toBeGreaterThanOrEqual(60);
    expect(Number(inAllCalls)).toBeGreaterThanOrEqual(60);
  });

  it('ends with a diagnosis for which the model has read all the evidence', () => {
    expect(finished.output).toContain('Cause: payments 4.18.0');
    expect(finished.output).not.toContain('I have not read');
  });

  it('shows the alert, an unchanged prefix in every request, and a run without faults', () => {
    expect(finished.output).toMatch(/! warning: this run has used [\d,]+ tokens, over the threshold of [\d,]+/);
    const [, unchanged, compared] = /(\d+) of (\d+) requests begin with the one before/.exec(finished.output) ?? [];
    expect(unchanged).toBe(compared);
    const [, steps] = /run +ok, (\d+) steps, no faults/.exec(finished.output) ?? [];
    expect(Number(steps)).toBeGreaterThanOrEqual(6);
    expect(Number(compared)).toBe(Number(steps) - 1);
  });

  it('shows metrics that agree with the summary', () => {
    const metrics = finished.output.slice(finished.output.indexOf('/metrics\n'));
    const saved = [...metrics.matchAll(/^ +(\d+) {2}gen_ai_tool_name=/gm)].map(([, tokens]) => Number(tokens));
    const [, total = ''] = /totalTokensSaved +([\d,]+)/.exec(finished.output) ?? [];
    expect(saved.reduce((sum, tokens) => sum + tokens, 0)).toBe(Number(total.replaceAll(',', '')));
    expect(metrics).toContain('headroom_retrievals_total\n');
    expect(metrics).toContain('state="firing"');
  });

  it('prints the same again', async () => {
    const again = await demo();
    expect(withoutPorts(again.output)).toBe(withoutPorts(finished.output));
  });
});

describe('the demo', () => {
  it('asks an endpoint by its URL alone through Chat Completions', async () => {
    const server = await startOpenAIServer({ paced: false });
    const environment = { OPENAI_BASE_URL: server.baseUrl, OPENAI_MODEL: 'some-model' };
    const { exitCode, output, errors } = await demo({ environment });
    await server.close();
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
    expect(output).toContain(`some-model answers, at ${server.baseUrl}.`);
    expect(output).toContain('Cause: payments 4.18.0');
  });

  it('says in one sentence that nobody listens there, and fails', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    const url = `http://127.0.0.1:${port}/v1`;
    const { exitCode, errors } = await demo({ environment: { OPENAI_BASE_URL: url, OPENAI_MODEL: 'some-model' } });
    expect(exitCode).toBe(1);
    expect(errors).toBe(`The model at ${url} can not be reached: connect ECONNREFUSED 127.0.0.1:${port}.\n`);
  });

  it('asks for the name of a model when it has only a URL', async () => {
    const { exitCode, errors } = await demo({ environment: { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' } });
    expect(exitCode).toBe(1);
    expect(errors).toBe('Set OPENAI_MODEL to the name of a model that http://127.0.0.1:9/v1 serves.\n');
  });

  it('ends the run as aborted on Ctrl-C, and still sums up', async () => {
    const { exitCode, output, errors } = await demo({
      environment: { DEMO_FAST: '0' },
      interruptAt: 'Errors step up',
    });
    expect({ exitCode, errors }).toEqual({ exitCode: 130, errors: '' });
    expect(output).toContain('Aborted.');
    expect(output).toMatch(/run +aborted/);
    expect(output).toContain('totalTokensSaved');
  });

  it('keeps its metrics up with --serve until Ctrl-C', async () => {
    let scraped = '';
    const { exitCode } = await demo({
      args: ['--serve'],
      interruptAt: 'until Ctrl-C',
      async beforeInterrupt(output) {
        const [url = ''] = /http:\S+\/metrics/.exec(output) ?? [];
        scraped = await (await fetch(url)).text();
      },
    });
    expect(exitCode).toBe(0);
    expect(scraped).toContain('# TYPE headroom_compression_saved_tokens_total counter');
  });

  it('explains itself with --help, and refuses a flag that it does not have with exit code 2', async () => {
    const [help, wrong] = await Promise.all([demo({ args: ['--help'] }), demo({ args: ['--fast'] })]);
    expect(help).toMatchObject({ exitCode: 0, errors: '' });
    expect(help.output).toContain('OPENAI_BASE_URL');
    expect(wrong).toMatchObject({ exitCode: 2, output: '' });
    expect(wrong.errors).toContain("'--fast'");
  });
});

describe('the quick start', () => {
  it('runs as it is and tells what it saved', async () => {
    const { exitCode, output, errors } = await run('examples/quick-start.ts');
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
    expect(output).toMatch(/^Order 37 failed\.\n\d+ of \d+ tokens saved \((?:[6-9]\d) %\)\.\n$/);
  });
});
