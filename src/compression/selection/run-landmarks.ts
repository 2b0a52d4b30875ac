import type { LogReading } from './log-reading.ts';

/** What a deadlock is made of follows the line that reports it, in no more lines than these. */
const LONGEST_DEADLOCK = 60;
/** The step of a pipeline that failed is looked for in so many lines before the failure. */
const FARTHEST_STEP = 5_000;
/** So many steps that failed are shown. */
const MOST_STEPS = 40;

/**
 * What tells how far a run came and where it broke, whatever else it printed: the last test, the steps that failed, and
 * deadlocks with the locks that they are made of.
 */
export function landmarksOf(reading: LogReading): readonly number[] {
  return [...lastResults(reading), ...stepsOfFailures(reading), ...deadlocks(reading)];
}

/** The last test that ended, and the last that began: where a run hung, that is the one. */
function lastResults({ results }: LogReading): readonly number[] {
  const ended = results.findLastIndex((result) => result !== undefined && result.outcome !== 'started');
  const started = results.findLastIndex((result) => result?.outcome === 'started');
  return [ended, started].filter((index) => index >= 0);
}

const STEP =
  /^(?:##\[(?:group|section)\]|::group::|\$ \S|\+ \S|> \S|Step \d{1,4}[/ :]|#\d{1,4} \[|section_start:|> Task :\S|~~~ |--- )/;
const STEP_FAILED =
  /##\[error\]|::error|\bexit(?:ed with)? code:? [1-9]|\bELIFECYCLE\b|error: script |npm (?:ERR!|error) code/i;

/** The line that began the step that failed, for the first failure behind it. */
function stepsOfFailures({ bodies }: LogReading): readonly number[] {
  const steps = new Set<number>();
  let step: number | undefined;
  for (const [index, body] of bodies.entries()) {
    if (STEP.test(body)) step = index;
    else if (step !== undefined && index - step <= FARTHEST_STEP && STEP_FAILED.test(body.slice(0, 400)))
      steps.add(step);
  }
  return [...steps].slice(0, MOST_STEPS);
}

function deadlocks({ bodies }: LogReading): readonly number[] {
  const start = bodies.findIndex((body) => body.startsWith('Found ') && body.includes('deadlock'));
  if (start < 0) return [];
  const length = Math.min(LONGEST_DEADLOCK, bodies.length - start);
  return Array.from({ length }, (_, offset) => start + offset);
}
