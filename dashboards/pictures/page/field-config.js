import {
  applyFieldOverrides,
  cacheFieldDisplayNames,
  FieldConfigOptionsRegistry,
  standardTransformers,
  standardTransformersRegistry,
  ThresholdsMode,
  transformDataFrame,
} from '@grafana/data';
import { lastValueFrom } from 'rxjs';

const STANDARD = [
  'unit',
  'min',
  'max',
  'decimals',
  'displayName',
  'color',
  'thresholds',
  'mappings',
  'noValue',
  'links',
  'filterable',
  'fieldMinMax',
];

/** What each kind of panel takes where the file says nothing, as its plugin in Grafana does. */
const DEFAULTS = {
  timeseries: {
    color: { mode: 'palette-classic' },
    custom: {
      drawStyle: 'line',
      lineInterpolation: 'linear',
      lineWidth: 1,
      fillOpacity: 0,
      gradientMode: 'none',
      showPoints: 'auto',
      pointSize: 5,
      spanNulls: false,
      axisPlacement: 'auto',
      stacking: { mode: 'none', group: 'A' },
      thresholdsStyle: { mode: 'off' },
      hideFrom: { legend: false, tooltip: false, viz: false },
    },
  },
  table: { color: { mode: 'thresholds' }, custom: { align: 'auto', cellOptions: { type: 'auto' }, inspect: false } },
};
const THRESHOLDS = {
  mode: ThresholdsMode.Absolute,
  steps: [
    { value: -Infinity, color: 'green' },
    { value: 80, color: 'red' },
  ],
};

standardTransformersRegistry.setInit(() =>
  // One of them is there under two names.
  [...new Set(Object.values(standardTransformers))].map((transformer) => ({
    id: transformer.id,
    name: transformer.name,
    description: transformer.description,
    transformation: () => Promise.resolve(transformer),
    editor: () => null,
  })),
);

/** The defaults and overrides of a panel. */
export function fieldConfigOf({ type, fieldConfig = {} }) {
  const { color = { mode: 'thresholds' }, custom = {} } = DEFAULTS[type] ?? {};
  const { defaults = {}, overrides = [] } = fieldConfig;
  const thresholds = defaults.thresholds ?? THRESHOLDS;
  // JSON has no -Infinity: the base of the steps is null there.
  const steps = thresholds.steps.map((step, index) => (index === 0 ? { ...step, value: -Infinity } : step));
  return {
    defaults: { color, ...defaults, thresholds: { ...thresholds, steps }, custom: { ...custom, ...defaults.custom } },
    overrides,
  };
}

/** The frames after the panel's transformations, with its units, thresholds, colours and names. */
export async function prepareFrames(panel, frames, { theme, timeZone, fill }) {
  const config = fieldConfigOf(panel);
  const transformations = (panel.transformations ?? []).filter(({ disabled }) => disabled !== true);
  for (const { id } of transformations) {
    if (standardTransformersRegistry.getIfExists(id) === undefined)
      throw new Error(`The transformation ${id} is not known.`);
  }
  const transformed = await lastValueFrom(transformDataFrame(transformations, frames, { interpolate: fill }));
  const prepared = applyFieldOverrides({
    data: transformed,
    fieldConfig: config,
    fieldConfigRegistry: registryFor(config),
    replaceVariables: fill,
    theme,
    timeZone,
  });
  // Tables go by what is remembered.
  cacheFieldDisplayNames(prepared);
  return prepared;
}

/** Everything that this panel configures: what is standard, and what is its own. */
function registryFor({ defaults, overrides }) {
  const overridden = overrides
    .flatMap(({ properties }) => properties.map(({ id }) => id))
    .filter((id) => id.startsWith('custom.'));
  const own = new Set([...Object.keys(defaults.custom).map((key) => `custom.${key}`), ...overridden]);
  const item = (id, isCustom) => ({
    id,
    path: isCustom ? id.slice('custom.'.length) : id,
    name: id,
    isCustom,
    process: (value) => value,
    shouldApply: () => true,
    settings: {},
    editor: () => null,
    override: () => null,
  });
  return new FieldConfigOptionsRegistry(() => [
    ...STANDARD.map((id) => item(id, false)),
    ...[...own].map((id) => item(id, true)),
  ]);
}
