import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A server that was started, and can be stopped. */
export interface RunningBinary {
  stop(): Promise<void>;
}

/** Starts a server and waits until it says at `readyUrl` that it is ready. Throws with its log when it does not. */
export async function runBinary(
  binary: string,
  { args, readyUrl }: { readonly args: readonly string[]; readonly readyUrl: string },
): Promise<RunningBinary> {
  const child = spawn(binary, [...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  for (let round = 0; ; round++) {
    const isReady = await fetch(readyUrl).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) break;
    if (round > 300 || child.exitCode !== null) throw new Error(`${binary} did not start:\n${log}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    async stop() {
      if (child.exitCode !== null) return;
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}
