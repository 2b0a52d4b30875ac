import { CommanderError } from 'commander';
import { createProgram } from './program.ts';
import { UsageError } from './usage-error.ts';

/** What shells expect of a program that Ctrl-C ended: 128 and the number of the signal. */
const INTERRUPTED = 130;

/**
 * Runs the program with the arguments, streams and environment of a process, and sets its exit code: 0 when all is well, 1
 * when something that was checked is not, 2 for wrong usage or an input that can not be read. Never rejects.
 */
export async function main(process: NodeJS.Process): Promise<void> {
  const { stdout, stderr } = process;
  const fail = (exitCode: number, message: string): void => {
    stderr.write(`headroom-hooks: ${message}\n`);
    process.exitCode = exitCode;
  };
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read the output, such as head, has seen enough.
    if (error.code !== 'EPIPE') fail(2, `The output can not be written: ${error.code ?? error.message}.`);
    process.exit();
  });
  // A reader of messages that went away is no reason to fail.
  stderr.on('error', () => {});
  const interrupt = (): never => process.exit(INTERRUPTED);
  process.on('SIGINT', interrupt);
  try {
    await createProgram({
      process,
      // From here on nothing is waited for: the signal itself ends the process sooner than a handler would be called.
      onInputRead: () => process.off('SIGINT', interrupt),
    }).parseAsync(process.argv);
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else if (error instanceof UsageError) fail(2, error.message);
    else fail(1, `Something went wrong that should not have: ${messageOf(error)}`);
  } finally {
    process.off('SIGINT', interrupt);
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
