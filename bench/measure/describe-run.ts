import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, release, type } from 'node:os';

/** When, where and of what the figures are, in one line. */
export function describeRun(): string {
  const date = new Date().toISOString().slice(0, 10);
  const cpu = cpus()[0]?.model.trim() ?? 'unknown';
  const machine = `${cpu}, ${availableParallelism()} cores, ${type()} ${release()}, Node ${process.versions.node}`;
  return `Measured on ${date}, commit ${commit()}; ${machine}.`;
}

/** The commit, and whether the engine is as it was committed. */
function commit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { encoding: 'utf8', cwd: import.meta.dirname }).trim();
  try {
    const changed = git('status', '--porcelain', '--', ':/src', ':/bench') === '' ? '' : ' with changes';
    return `${git('rev-parse', '--short=10', 'HEAD')}${changed}`;
  } catch {
    return 'unknown';
  }
}
