import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { BenchmarkCase } from './cases/benchmark-case.ts';
import { describeFolders } from './cases/describe-folders.ts';
import { ownCases } from './cases/own-cases.ts';
import { readFolder } from './cases/read-folder.ts';
import { describeRun } from './measure/describe-run.ts';
import { type PeerResults, readPeerResults } from './measure/peer-results.ts';
import { runBenchmark } from './measure/run-benchmark.ts';
import { measureSizes, measureTurnGrowth } from './measure/speed.ts';
import { writePage } from './page.ts';
import { writeSection, writeSizes } from './report.ts';

const USAGE = `Usage: npm run bench -- [options]

Measures the cases of bench/cases, and prints the figures in Markdown.

Options:
  --cases FOLDER...  measure the cases of these folders too (formats: bench/cases/read-folder.ts)
  --peer FILE        add columns of another tool's results on the same cases (bench/peer/)
  --export FILE      write all cases as JSON lines, for another tool, and measure nothing
  --write            write docs/benchmarks.md; what was not measured stays as it is
  --help             print this
`;

const PAGE = new URL('../docs/benchmarks.md', import.meta.url);
const REPETITIONS = 3;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string', multiple: true },
    peer: { type: 'string' },
    export: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const folders = [...(values.cases ?? []), ...positionals];
if (values.help) console.log(USAGE);
else if (values.export === undefined) await measureAll();
else {
  const lines = [...ownCases(), ...readAll()].map((benchmarkCase) => JSON.stringify(benchmarkCase));
  writeFileSync(values.export, `${lines.join('\n')}\n`);
}

async function measureAll(): Promise<void> {
  const run = describeRun();
  const own = await measureCases(ownCases(), { run, isOwn: true });
  const about = { run: `${describeFolders(folders)} ${run}`.trim(), isOwn: false };
  const opened = folders.length === 0 ? undefined : await measureCases(readAll(), about);
  const sizes = writeSizes(await measureSizes([1, 2, 4, 8]));
  const growth = await measureTurnGrowth({ repetitions: REPETITIONS });
  const size = `${run}\n\nTime per megabyte, loss \`recoverable\`. Texts of more than 4,194,304 characters pass as they are.\n\n${sizes}\n\nTurn 200 of a conversation takes ${growth.toFixed(2)} times as long as turn 2 with as much new text.`;
  console.log(`## Size\n\n${size}`);
  if (!values.write) return;
  const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  writeFileSync(PAGE, writePage(before, { own, size, ...(opened === undefined ? {} : { folders: opened }) }));
}

/** Prints the section with the names of the cases, and gives the one for the page, which calls only our own by name. */
async function measureCases(
  cases: readonly BenchmarkCase[],
  { run, isOwn }: { readonly run: string; readonly isOwn: boolean },
): Promise<string> {
  const result = await runBenchmark(cases, { repetitions: REPETITIONS, peer: peerFor(cases) });
  console.log(
    `## ${isOwn ? 'Cases of our own' : 'Open cases'}\n\n${run}\n\n${writeSection(result, { named: true })}\n`,
  );
  return `${run}\n\n${writeSection(result, { named: isOwn })}`;
}

/** The peer's results, if it has any on these cases. */
function peerFor(cases: readonly BenchmarkCase[]): PeerResults | undefined {
  if (values.peer === undefined) return undefined;
  const peer = readPeerResults(values.peer, cases);
  return cases.some(({ name }) => peer.byCase.has(name)) ? peer : undefined;
}

function readAll(): readonly BenchmarkCase[] {
  return folders.flatMap(readFolder);
}
