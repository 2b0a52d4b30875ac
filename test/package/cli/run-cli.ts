import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built command. */
export const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  /** Arguments for Node, before the command. */
  readonly nodeArguments?: readonly string[];
  readonly cwd?: string;
}

/** Nothing of where the tests run says how wide the screen is, or how colourful. */
export function cleanEnvironment(own: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { COLUMNS: _columns, NO_COLOR: _no, FORCE_COLOR: _force, ...others } = process.env;
  return { ...others, ...own };
}

/** Runs the command to its end. */
export function runCli(args: readonly string[], options: RunOptions = {}): Finished {
  const { input = '', environment, nodeArguments = [], cwd } = options;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeArguments, CLI, ...args], {
    input,
    cwd,
    env: cleanEnvironment(environment),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

/** Starts the command and leaves its streams to the caller. */
export function startCli(args: readonly string[]): ReturnType<typeof spawn> {
  return spawn(process.execPath, [CLI, ...args], { env: cleanEnvironment(), stdio: 'pipe' });
}

/** A folder for the files of a test. */
export interface Folder {
  readonly path: string;
  write(name: string, content: string | Uint8Array): string;
  remove(): void;
}

export function temporaryFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'headroom-hooks-cli-'));
  return {
    path,
    write(name, content) {
      const file = join(path, name);
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
