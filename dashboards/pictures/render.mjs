// Renders the dashboards to docs/pictures. See README.md.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildPage } from './build-page.mjs';
import { openBrowser } from './photograph.mjs';
import { runPrometheusOn } from './run-prometheus.mjs';
import { shrinkPng } from './shrink-png.mjs';
import { servePage } from './serve-page.mjs';
import { simulate } from './team/simulate.mjs';

const SCRAPE_MS = 60_000;
// Not on the hour: the last label of a time axis would be cut in half.
const START_MS = Date.UTC(2026, 2, 12, 8, 10);
/** Passes before the picture begins, so that it does not show how processes load their tables. */
const WARM_UP_MS = 20 * 60_000;
const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const { values: options } = parseArgs({
  options: {
    dashboard: { type: 'string' },
    from: { type: 'string', default: path('../generated') },
    to: { type: 'string', default: path('../../docs/pictures') },
    hours: { type: 'string', default: '6' },
    range: { type: 'string' },
    theme: { type: 'string', default: 'dark' },
    work: { type: 'string', default: join(tmpdir(), 'headroom-pictures') },
    'keep-samples': { type: 'boolean', default: false },
  },
});

const lengthMs = Number(options.hours) * UNITS.h;
const endMs = START_MS + lengthMs;
const folder = options.work;
mkdirSync(folder, { recursive: true });
mkdirSync(options.to, { recursive: true });
const files = readdirSync(options.from)
  .filter(
    (name) =>
      name.endsWith('.json') && (options.dashboard === undefined || basename(name, '.json') === options.dashboard),
  )
  .sort();
if (files.length === 0)
  throw new Error(`There is no dashboard${options.dashboard ? ` ${options.dashboard}` : ''} in ${options.from}.`);

const samples = join(folder, 'samples.om');
if (!options['keep-samples'] || !existsSync(samples)) {
  const counts = await timed('a team at work', () =>
    simulate({
      file: samples,
      startMs: START_MS - WARM_UP_MS,
      lengthMs: WARM_UP_MS + lengthMs,
      scrapeMs: SCRAPE_MS,
    }),
  );
  console.log(`  ${counts.runs} runs, ${counts.modelCalls} model calls, ${counts.samples} samples`);
}
const prometheus = await timed('Prometheus', () =>
  runPrometheusOn(samples, {
    folder,
    ruleFiles: ruleFiles(),
    range: { from: START_MS, to: endMs },
    scrapeMs: SCRAPE_MS,
  }),
);
await timed('the page', () => buildPage(folder));
const server = await servePage(folder);
const browser = await openBrowser(server.url);
let problemCount = 0;
try {
  for (const name of files) {
    const dashboard = JSON.parse(readFileSync(join(options.from, name), 'utf8'));
    const range = {
      from: options.range === undefined ? START_MS : Math.max(START_MS, endMs - lengthOf(options.range)),
      to: endMs,
    };
    const request = { dashboard, range, prometheusUrl: prometheus.url, scrapeMs: SCRAPE_MS, mode: options.theme };
    const { png, problems, notes, panelCount } = await timed(name, () => browser.photograph(request));
    const file = join(
      options.to,
      `${basename(name, '.json')}${options.theme === 'dark' ? '' : `-${options.theme}`}.png`,
    );
    const small = shrinkPng(png);
    writeFileSync(file, small);
    console.log(`  ${panelCount} panels, ${Math.round(small.length / 1000)} kB in ${file}`);
    for (const note of notes) console.log(`  note: ${note}`);
    for (const problem of problems) console.error(`  WRONG: ${problem}`);
    problemCount += problems.length;
  }
} finally {
  await browser.close();
  await server.close();
  await prometheus.stop();
}
if (problemCount > 0) {
  console.error(`${problemCount} problems.`);
  process.exitCode = 1;
}

/** The length of `6h`. */
function lengthOf(text) {
  const match = /^(\d+)([smhd])$/.exec(text);
  if (match === null) throw new Error(`A range that is not known here: ${text}`);
  return Number(match[1]) * UNITS[match[2]];
}

async function timed(name, work) {
  const startMs = performance.now();
  const result = await work();
  console.log(`${name}: ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
  return result;
}

/** Those that are shipped beside the dashboards. */
function ruleFiles() {
  const names = readdirSync(path('../generated')).filter((name) => name.endsWith('-rules.yaml'));
  return names.map((name) => path(`../generated/${name}`));
}

function path(relative) {
  return fileURLToPath(new URL(relative, import.meta.url));
}
