import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SAMPLE = fileURLToPath(new URL('sample', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'headroom-pictures-test-'));
after(() => rmSync(work, { recursive: true, force: true }));

void test('a dashboard that works is rendered, 1600 pixels wide', () => {
  const { status, stderr } = render({ from: SAMPLE });
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  const png = readFileSync(join(work, 'every-panel.png'));
  assert.equal(png.readUInt32BE(16), 1600);
  assert.ok(png.length < 300_000);
});

void test('each panel that shows nothing is named, with the reason', () => {
  const dashboard = JSON.parse(readFileSync(join(SAMPLE, 'every-panel.json'), 'utf8'));
  const panel = (title) => dashboard.panels.find((each) => each.title === title);
  const ask = (title, expr) => (panel(title).targets[0].expr = expr);
  ask('Tokens saved', 'sum(not_there_total)');
  ask('Savings ratio', 'vector(0) / vector(0)');
  ask('Calls by model', '0 / 0 * gen_ai_client_inference_duration_seconds_count');
  ask('Latency', 'histogram_quantile(0.95, broken');
  panel('Sent and saved').fieldConfig.defaults.custom = { hideFrom: { viz: true, legend: false, tooltip: false } };
  panel('Agents').transformations.push({ id: 'nonsense', options: {} });
  panel('About').type = 'piechart';
  // What is no step at all is noticed when it is drawn.
  panel('Budget used').fieldConfig.defaults.thresholds.steps = [{ color: 'green', value: null }, null];
  const job = dashboard.templating.list.find(({ name }) => name === 'job');
  job.query = 'label_values(nothing_here, job)';
  const from = join(work, 'broken');
  mkdirSync(from);
  writeFileSync(join(from, 'broken.json'), JSON.stringify(dashboard));

  const { status, stderr } = render({ from, more: ['--keep-samples'] });
  assert.equal(status, 1);
  const wrong = stderr.split('\n').filter((line) => line.startsWith('  WRONG: '));
  const expected = [
    'variable job: has no values',
    'panel 1 "Tokens saved" (stat): No data',
    'panel 2 "Savings ratio" (stat): No data',
    'panel 3 "Budget used" (gauge): rendering threw',
    'panel 6 "Calls by model" (timeseries): No data',
    'panel 7 "Latency" (timeseries): histogram_quantile(0.95, broken: 1:32: parse error',
    'panel 9 "Agents" (table): The transformation nonsense is not known.',
    'panel 10 "Sent and saved" (timeseries): has axes and nothing drawn on them',
    'panel 11 "About" (piechart): a panel of type piechart can not be drawn here',
  ];
  for (const start of expected)
    assert.ok(
      wrong.some((line) => line.startsWith(`  WRONG: ${start}`)),
      start,
    );
  assert.equal(wrong.length, expected.length, wrong.join('\n'));
});

function render({ from, more = [] }) {
  const script = fileURLToPath(new URL('render.mjs', import.meta.url));
  const args = [script, '--from', from, '--to', work, '--work', work, '--hours', '0.3', ...more];
  return spawnSync(process.execPath, args, { encoding: 'utf8' });
}
