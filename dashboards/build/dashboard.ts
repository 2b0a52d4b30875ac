import { DATASOURCE, type Panel } from './panel.ts';
import { series } from './series.ts';

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface DashboardSpec {
  /** Stable: bookmarks and links hold it. */
  readonly uid: `headroom-${string}`;
  readonly title: string;
  /** The one question that it answers. */
  readonly description: string;
  readonly rows: readonly Row[];
}

/** A dashboard in Grafana's classic JSON, which the import dialog and file provisioning of Grafana 10 and newer take. */
export interface Dashboard extends Omit<DashboardSpec, 'rows'> {
  readonly schemaVersion: 39;
  readonly panels: readonly unknown[];
  readonly [field: string]: unknown;
}

const COLUMNS = 24;
const STAT_HEIGHT = 4;
const CHART_HEIGHT = 8;

export function dashboard({ uid, title, description, rows }: DashboardSpec): Dashboard {
  return {
    uid,
    title,
    description,
    tags: ['headroom', 'gen-ai'],
    schemaVersion: 39,
    version: 1,
    editable: false,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: 'now-1h', to: 'now' },
    timepicker: {},
    timezone: 'browser',
    weekStart: '',
    fiscalYearStartMonth: 0,
    liveNow: false,
    links: [
      {
        type: 'dashboards',
        title: 'Headroom',
        tags: ['headroom'],
        asDropdown: true,
        includeVars: true,
        keepTime: true,
        targetBlank: false,
        icon: 'external link',
        tooltip: 'The other dashboards, with the same filters and times',
        url: '',
      },
    ],
    annotations: { list: annotations() },
    templating: { list: variables() },
    panels: placed(rows),
  };
}

function annotations(): readonly unknown[] {
  const common = { datasource: DATASOURCE, enable: true, hide: false, step: '60s', useValueForTime: false };
  const builds = series('headroom_build_info', { job: '=~"$job"' }).promql;
  return [
    {
      ...common,
      name: 'Alerts',
      iconColor: 'red',
      // Of an alert about what is absent, there is no job.
      expr: 'ALERTS{alertname=~"Headroom.*", alertstate="firing", job=~"$job|"}',
      titleFormat: '{{alertname}}',
      textFormat: '{{severity}} {{gen_ai_agent_name}} {{gen_ai_request_model}}',
      tagKeys: 'severity',
    },
    {
      ...common,
      name: 'Versions',
      iconColor: 'blue',
      expr: `count by (version) (${builds}) unless count by (version) (${builds} offset 2m)`,
      titleFormat: 'headroom-hooks {{version}}',
      textFormat: 'First seen.',
      tagKeys: 'version',
    },
  ];
}

/** From the data source to the model, each filtered by those before it. */
function variables(): readonly unknown[] {
  const builds = series('headroom_build_info', { job: '=~"$job"' }).promql;
  const calls = 'gen_ai_client_inference_duration_seconds_count';
  const process = { job: '=~"$job"', instance: '=~"$instance"' } as const;
  const ofProcess = series(calls, process).promql;
  const ofAgent = series(calls, { ...process, gen_ai_agent_name: '=~"$agent"' }).promql;
  return [
    {
      name: 'datasource',
      label: 'Data source',
      type: 'datasource',
      query: 'prometheus',
      current: {},
      hide: 0,
      includeAll: false,
      multi: false,
      options: [],
      refresh: 1,
      regex: '',
      skipUrlSync: false,
    },
    variable({ name: 'job', label: 'Job', query: 'label_values(headroom_build_info, job)', allValue: '.+' }),
    variable({ name: 'instance', label: 'Instance', query: `label_values(${builds}, instance)`, allValue: '.+' }),
    variable({ name: 'agent', label: 'Agent', query: `label_values(${ofProcess}, gen_ai_agent_name)`, allValue: '.*' }),
    variable({
      name: 'model',
      label: 'Model',
      query: `label_values(${ofAgent}, gen_ai_request_model)`,
      allValue: '.*',
    }),
  ];
}

function variable(spec: {
  readonly name: string;
  readonly label: string;
  readonly query: string;
  readonly allValue: string;
}): unknown {
  const { query, ...names } = spec;
  return {
    ...names,
    type: 'query',
    datasource: DATASOURCE,
    query: { query, refId: `variable-${spec.name}` },
    definition: query,
    current: { selected: true, text: ['All'], value: ['$__all'] },
    hide: 0,
    includeAll: true,
    multi: true,
    options: [],
    refresh: 2,
    regex: '',
    skipUrlSync: false,
    sort: 1,
  };
}

/** Stats share the width of a line; charts stand in twos, and an odd one at the end alone. */
function placed(rows: readonly Row[]): readonly unknown[] {
  const all: unknown[] = [];
  let y = 0;
  let id = 0;
  for (const { title, panels } of rows) {
    all.push({ id: ++id, type: 'row', title, collapsed: false, gridPos: { h: 1, w: COLUMNS, x: 0, y }, panels: [] });
    y += 1;
    const statCount = panels.filter(({ type }) => type === 'stat').length;
    let x = 0;
    let height = 0;
    for (const [index, panel] of panels.entries()) {
      const isStat = panel.type === 'stat';
      const isAlone = !isStat && x % COLUMNS === 0 && index === panels.length - 1;
      const w = isStat ? Math.floor(COLUMNS / statCount) : COLUMNS / (isAlone ? 1 : 2);
      const h = isStat ? STAT_HEIGHT : CHART_HEIGHT;
      if (x + w > COLUMNS) {
        y += height;
        x = 0;
        height = 0;
      }
      all.push({ id: ++id, gridPos: { h, w, x, y }, ...panel });
      x += w;
      height = Math.max(height, h);
    }
    y += height;
  }
  return all;
}
