import { readFileSync } from 'node:fs';

export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string;
  readonly instant: boolean;
  readonly range: boolean;
  readonly exemplar?: boolean;
  readonly format?: string;
  readonly datasource: { readonly type: string; readonly uid: string };
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly type: string; readonly uid: string };
  readonly targets?: readonly Target[];
  readonly links?: readonly { readonly title: string; readonly url: string }[];
  readonly options?: {
    readonly reduceOptions?: { readonly calcs: readonly string[] };
    readonly legend?: { readonly calcs?: readonly string[] };
  };
  readonly fieldConfig?: {
    readonly defaults: {
      readonly unit: string;
      readonly min: number;
      readonly max?: number;
      readonly noValue?: string;
      readonly thresholds: { readonly steps: readonly { readonly color: string; readonly value: number | null }[] };
    };
  };
}

export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly definition?: string;
  readonly query: string | { readonly query: string };
  readonly datasource?: { readonly uid: string };
  readonly multi: boolean;
  readonly includeAll: boolean;
  readonly allValue?: string;
  readonly refresh: number;
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly schemaVersion: number;
  readonly editable: boolean;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly Variable[] };
  readonly annotations: { readonly list: readonly { readonly name: string; readonly expr: string }[] };
  readonly links: readonly Readonly<Record<string, unknown>>[];
}

export const DASHBOARD_NAMES = ['overview', 'compression', 'tokens-and-cost', 'agents-and-health'] as const;

/** The dashboards as they are shipped. */
export const DASHBOARDS = DASHBOARD_NAMES.map((name) => ({
  name,
  json: JSON.parse(
    readFileSync(new URL(`../../dashboards/generated/${name}.json`, import.meta.url), 'utf8'),
  ) as Dashboard,
}));

/** Every panel that shows something, rows left out. */
export const PANELS = DASHBOARDS.flatMap(({ name, json }) =>
  json.panels.filter(({ type }) => type !== 'row').map((panel) => ({ dashboard: name, title: panel.title, panel })),
);

/** Every query of every panel. */
export const TARGETS = PANELS.flatMap(({ dashboard, title, panel }) =>
  (panel.targets ?? []).map((target) => ({ dashboard, title, refId: target.refId, panel, target })),
);

export const VARIABLES = DASHBOARDS.flatMap(({ name, json }) =>
  json.templating.list.map((variable) => ({ dashboard: name, variable })),
);
