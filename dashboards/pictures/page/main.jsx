import { createTheme, dateTime, FieldType } from '@grafana/data';
import { createRoot } from 'react-dom/client';
import { loadAnnotations } from './annotations.jsx';
import { Dashboard } from './dashboard.jsx';
import { emptinessOf } from './emptiness.js';
import { prepareFrames } from './field-config.js';
import { framesOf } from './frames.js';
import { layOut } from './layout.js';
import { PANELS } from './panels.jsx';
import { createPrometheusQueries } from './prometheus-queries.js';
import { resolveVariables } from './variables.js';
import './fonts.css';

const timeZone = 'utc';

/** Called by the one who drives the browser. Resolves, when everything is drawn, to what went wrong and what is empty. */
globalThis.renderDashboard = async ({ dashboard, prometheusUrl, range, scrapeMs, mode, width }) => {
  const theme = createTheme({ colors: { mode } });
  const queries = createPrometheusQueries({ url: prometheusUrl, scrapeMs });
  const variables = await resolveVariables(dashboard.templating?.list ?? [], { queries, range });
  const problems = variables.problems.map((problem) => `variable ${problem}`);
  const notes = [];
  const annotations = await loadAnnotations(dashboard.annotations?.list ?? [], { queries, variables, range }).catch(
    (error) => {
      problems.push(`annotations: ${error.message}`);
      return [];
    },
  );
  const context = {
    theme,
    timeZone,
    annotations,
    timeRange: timeRangeOf(range),
    fill: (text, scoped) =>
      variables.fill(
        text,
        Object.fromEntries(
          Object.entries(scoped ?? {}).map(([name, { text, value }]) => [name, String(text ?? value)]),
        ),
      ),
    onPanelError: (panel, error) => problems.push(`${nameOf(panel)}: rendering threw ${error.message}`),
  };
  const panels = await Promise.all(
    layOut(dashboard.panels).map(async ({ panel, box }) => {
      if (panel.type === 'row') return { panel, box };
      const widthPx = Math.round((width / 24) * box.w);
      const { frames, problem } = await load(panel, { queries, variables, range, widthPx, context, notes }).catch(
        (error) => ({ problem: error.message }),
      );
      if (problem !== undefined) problems.push(`${nameOf(panel)}: ${problem}`);
      return { panel, box, frames, problem };
    }),
  );
  // Widths of names and numbers are measured while they are drawn, so that the letters have to be there.
  await Promise.all([400, 500].map((weight) => document.fonts.load(`${weight} 14px Inter`)));
  document.body.style.background = theme.colors.background.canvas;
  document.documentElement.style.colorScheme = mode;
  const period = `${dateTime(range.from).utc().format('YYYY-MM-DD HH:mm')} to ${dateTime(range.to).utc().format('HH:mm')} UTC`;
  createRoot(document.getElementById('root')).render(
    <Dashboard {...{ dashboard, panels, variables, width, period, ...context }} />,
  );
  await drawn();
  const shown = panels.filter(({ panel }) => panel.type !== 'row');
  for (const { panel, problem } of shown) {
    const emptiness =
      problem === undefined ? emptinessOf(document.querySelector(`[data-panel="${panel.id}"]`)) : undefined;
    if (emptiness !== undefined) problems.push(`${nameOf(panel)}: ${emptiness}`);
  }
  return { problems, notes, panelCount: shown.length };
};

/** The frames of a panel, or why there is nothing to be drawn. */
async function load(panel, { queries, variables, range, widthPx, context, notes }) {
  if (!(panel.type in PANELS)) return { problem: `a panel of type ${panel.type} can not be drawn here` };
  if (panel.type === 'text') return { frames: [] };
  const responses = await queries.panel(panel, { range, variables, widthPx });
  for (const { target, result, kind } of responses) {
    if (result.length === 0) notes.push(`${nameOf(panel)}: ${target.refId} (${kind}) has no series`);
  }
  const frames = await prepareFrames(panel, framesOf(responses), context);
  return frames.some(hasValues) ? { frames } : { problem: 'No data' };
}

/** Whether there is anything but nothing in it: a number, or a text where there are no numbers. */
function hasValues({ fields }) {
  const isThere = (value) =>
    typeof value === 'number' ? Number.isFinite(value) : value !== null && value !== undefined && value !== '';
  return fields.some(({ type, values }) => type !== FieldType.time && values.some(isThere));
}

function timeRangeOf({ from, to }) {
  const [start, end] = [dateTime(from), dateTime(to)];
  return { from: start, to: end, raw: { from: start, to: end } };
}

function nameOf({ id, title, type }) {
  return `panel ${id} "${title}" (${type})`;
}

/** Fonts, icons and canvases need some frames. */
async function drawn() {
  await document.fonts.ready;
  for (let frame = 0; frame < 30; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => setTimeout(resolve, 400));
}
