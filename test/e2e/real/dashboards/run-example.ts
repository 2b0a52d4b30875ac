import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The two agents of examples/observed-agents, in a process of their own. Needs the built package: `npm run build`. */
export interface RunningExample {
  /** `host:port` */
  readonly target: string;
  /** Tells it to stop, and resolves to its exit code. */
  stop(): Promise<unknown>;
}

export async function runExample(environment: Readonly<Record<string, string>>): Promise<RunningExample> {
  const example = spawn(
    process.execPath,
    ['--experimental-strip-types', '--no-warnings', 'examples/observed-agents/main.ts'],
    {
      cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
      env: { ...process.env, PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = once(example, 'exit');
  const [url] = (await Promise.race([
    once(createInterface(example.stdout), 'line'),
    ended.then(() => Promise.reject(new Error('The example ended. Is the package built?'))),
  ])) as [string];
  return {
    target: new URL(url).host,
    async stop() {
      example.kill('SIGTERM');
      return (await ended)[0] as unknown;
    },
  };
}
