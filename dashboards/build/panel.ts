import type { Vector } from './series.ts';
import { FILTERS } from './selected.ts';

/** Units of Grafana that its own linter knows. */
export type Unit = 'short' | 's' | 'percentunit' | 'currencyUSD' | 'none' | 'reqps' | 'ops' | 'cps';
export type Colour = 'text' | 'blue' | 'green' | 'orange' | 'red';

export interface Target {
  readonly of: Vector<string>;
  /** What the series are called: `p95`, or `{{gen_ai_agent_name}}`. */
  readonly legend: string;
}

interface PanelSpec {
  readonly title: string;
  /** What it shows, and what to do when it looks wrong. */
  readonly description: string;
  readonly unit: Unit;
  readonly targets: readonly [Target, ...Target[]];
  readonly colour?: Colour;
  /** From these values on, another colour; on a chart, a dashed line. */
  readonly steps?: readonly (readonly [value: number, colour: Colour])[];
  readonly max?: number;
}

export interface StatSpec extends PanelSpec {
  /** What is written in place of `No data`. */
  readonly noValue?: string;
  /** The dashboard that explains it. */
  readonly leadsTo?: { readonly uid: string; readonly title: string };
}

export interface ChartSpec extends PanelSpec {
  /** Whether samples lead to their traces. */
  readonly exemplars?: true;
  readonly stacked?: true;
}

/** A panel in Grafana's JSON, without its place. */
export interface Panel {
  readonly type: 'stat' | 'timeseries' | 'gauge' | 'bargauge' | 'heatmap';
  readonly title: string;
  readonly [field: string]: unknown;
}

export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' } as const;

/** One number for the whole time range, or for now. */
export function stat(spec: StatSpec): Panel {
  const { noValue = '–', leadsTo } = spec;
  return {
    ...base('stat', spec, { noValue, ...(leadsTo === undefined ? {} : { links: [linkTo(leadsTo)] }) }),
    targets: targets(spec, { instant: true }),
    options: {
      reduceOptions: LAST,
      colorMode: 'value',
      graphMode: 'none',
      justifyMode: 'auto',
      orientation: 'auto',
      textMode: 'value',
      wideLayout: true,
      showPercentChange: false,
    },
  };
}

/** Lines over time. */
export function chart(spec: ChartSpec): Panel {
  const { stacked = false, steps = [] } = spec;
  const custom = {
    drawStyle: 'line',
    lineInterpolation: 'linear',
    lineWidth: 1,
    fillOpacity: stacked ? 40 : 8,
    gradientMode: 'none',
    showPoints: 'auto',
    pointSize: 4,
    spanNulls: false,
    stacking: { mode: stacked ? 'normal' : 'none', group: 'A' },
    axisPlacement: 'auto',
    axisLabel: '',
    scaleDistribution: { type: 'linear' },
    thresholdsStyle: { mode: steps.length === 0 ? 'off' : 'dashed' },
    hideFrom: { legend: false, tooltip: false, viz: false },
  };
  return {
    ...base('timeseries', spec, { custom, color: { mode: 'palette-classic' } }),
    targets: targets(spec, { exemplar: spec.exemplars ?? false }),
    options: {
      legend: { displayMode: 'table', placement: 'bottom', showLegend: true, calcs: ['mean', 'max'] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  };
}

/** One dial for each series. */
export function gauge(spec: StatSpec): Panel {
  return {
    ...base('gauge', spec, { noValue: spec.noValue ?? '–' }),
    targets: targets(spec, { instant: true }),
    options: {
      reduceOptions: LAST,
      orientation: 'auto',
      showThresholdLabels: false,
      showThresholdMarkers: true,
      minVizWidth: 75,
      minVizHeight: 75,
      sizing: 'auto',
    },
  };
}

/** One bar for each series, for the whole time range. */
export function bars(spec: StatSpec): Panel {
  return {
    ...base('bargauge', spec, { noValue: spec.noValue ?? '–' }),
    targets: targets(spec, { instant: true }),
    options: {
      reduceOptions: LAST,
      orientation: 'horizontal',
      displayMode: 'basic',
      valueMode: 'color',
      namePlacement: 'auto',
      showUnfilled: true,
      sizing: 'auto',
      minVizWidth: 8,
      minVizHeight: 16,
      maxVizHeight: 300,
    },
  };
}

/** How often values of a histogram fell into each bucket; `unit` is that of the values. */
export function heatmap(spec: PanelSpec): Panel {
  const { unit } = spec;
  return {
    ...base('heatmap', { ...spec, unit: 'short' }, { custom: { hideFrom: HIDE_NOTHING, scaleDistribution: LINEAR } }),
    targets: targets(spec, { format: 'heatmap' }),
    options: {
      calculate: false,
      cellGap: 1,
      cellValues: { unit: 'short' },
      color: { mode: 'scheme', scheme: 'Blues', steps: 64, exponent: 0.5, fill: 'dark-blue', reverse: false },
      filterValues: { le: 1e-9 },
      legend: { show: true },
      rowsFrame: { layout: 'auto' },
      tooltip: { mode: 'single', yHistogram: false, showColorScale: false },
      yAxis: { axisPlacement: 'left', reverse: false, unit },
      exemplars: { color: 'rgba(255,0,255,0.7)' },
      showValue: 'never',
    },
  };
}

const LAST = { calcs: ['lastNotNull'], fields: '', values: false } as const;
const HIDE_NOTHING = { legend: false, tooltip: false, viz: false } as const;
const LINEAR = { type: 'linear' } as const;

function base(type: Panel['type'], spec: PanelSpec, defaults: Readonly<Record<string, unknown>>): Panel {
  const { title, unit, colour = 'text', steps = [], max } = spec;
  return {
    type,
    title,
    description: describe(spec),
    datasource: DATASOURCE,
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        ...(max === undefined ? {} : { max }),
        color: { mode: 'thresholds' },
        thresholds: {
          mode: 'absolute',
          steps: [{ color: colour, value: null }, ...steps.map(([value, color]) => ({ color, value }))],
        },
        mappings: [],
        ...defaults,
      },
      overrides: [],
    },
  };
}

function targets(spec: PanelSpec, how: Readonly<Record<string, unknown>>): readonly unknown[] {
  const isInstant = how['instant'] === true;
  return spec.targets.map(({ of, legend }, index) => {
    const named = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label ?? '');
    const missing = named.filter((label) => !of.labels.includes(label));
    if (missing.length > 0) throw new Error(`${spec.title}: ${of.promql} has no label ${missing.join(', ')}.`);
    return {
      refId: String.fromCharCode(65 + index),
      datasource: DATASOURCE,
      editorMode: 'code',
      expr: of.promql,
      legendFormat: legend,
      instant: isInstant,
      range: !isInstant,
      ...how,
    };
  });
}

/** The description, and which variables of the dashboard do not filter the panel. */
function describe({ description, targets: [first, ...others] }: PanelSpec): string {
  const all = [first, ...others];
  const ignored = FILTERS.filter(({ label }) => !all.every(({ of }) => of.selectsBy.includes(label)));
  if (ignored.length === 0) return description;
  const names = ignored.map(({ variable }) => variable).join(' and ');
  return `${description} Not filtered by ${names}.`;
}

function linkTo({ uid, title }: { readonly uid: string; readonly title: string }): unknown {
  return { title, url: `/d/${uid}?\${__url_time_range}&\${__all_variables}`, targetBlank: false };
}
