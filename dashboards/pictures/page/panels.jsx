import {
  FieldType,
  getDisplayValueAlignmentFactors,
  getFieldDisplayValues,
  renderTextPanelMarkdown,
} from '@grafana/data';
import { BarGauge, BigValue, TimeSeries, VizRepeater } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import { useMemo } from 'react';
import { Annotations } from './annotations.jsx';
import { fieldConfigOf } from './field-config.js';
import { Gauge } from './gauge.jsx';
import { Heatmap } from './heatmap.jsx';

/** What is drawn inside the frame of a panel, by the type that the file names. */
export const PANELS = {
  timeseries: TimeSeriesPanel,
  stat: StatPanel,
  bargauge: BarGaugePanel,
  gauge: GaugePanel,
  table: TablePanel,
  heatmap: Heatmap,
  text: TextPanel,
};

/** Panels that fill their frame to its edge. */
export const EDGE_TO_EDGE = new Set(['table']);

function TimeSeriesPanel({ panel, frames: given, width, height, timeRange, timeZone, theme, annotations }) {
  const frames = useMemo(() => given.map(finite), [given]);
  const legend = { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [], ...panel.options?.legend };
  return (
    <TimeSeries
      {...{ frames, width, height, timeRange, timeZone, legend }}
      structureRev={1}
      options={panel.options ?? {}}
    >
      {(config) => <Annotations {...{ config, annotations, theme }} />}
    </TimeSeries>
  );
}

/** As Grafana's panel does it: what is not a number is a hole, or else there is no scale. */
function finite(frame) {
  const fields = frame.fields.map((field) =>
    field.type === FieldType.number
      ? { ...field, values: field.values.map((value) => (Number.isFinite(value) ? value : null)) }
      : field,
  );
  return { ...frame, fields };
}

function StatPanel({ panel, width, height, frames, theme, timeRange, timeZone, fill }) {
  const options = {
    graphMode: 'area',
    colorMode: 'value',
    justifyMode: 'auto',
    textMode: 'auto',
    orientation: 'auto',
    ...panel.options,
  };
  const textMode = options.textMode === 'auto' && !panel.title ? 'value_and_name' : options.textMode;
  return (
    <Repeated
      {...{ panel, frames, theme, timeZone, fill, width, height, options }}
      sparkline={options.graphMode !== 'none'}
      itemSpacing={3}
      autoGrid
    >
      {({ value, alignmentFactors, count, width: each, height: high }) => {
        const sparkline = value.sparkline === undefined ? undefined : { ...value.sparkline, timeRange };
        return (
          <BigValue
            {...{ theme, count, sparkline, alignmentFactors, textMode }}
            value={value.display}
            width={each}
            height={high}
            colorMode={options.colorMode}
            graphMode={options.graphMode}
            justifyMode={options.justifyMode}
            text={options.text}
            disableWideLayout={options.wideLayout === false}
          />
        );
      }}
    </Repeated>
  );
}

function BarGaugePanel({ panel, width, height, frames, theme, timeZone, fill }) {
  const options = {
    displayMode: 'gradient',
    orientation: 'auto',
    showUnfilled: true,
    valueMode: 'color',
    minVizWidth: 8,
    minVizHeight: 16,
    ...panel.options,
  };
  return (
    <Repeated
      {...{ panel, frames, theme, timeZone, fill, width, height, options }}
      itemSpacing={options.displayMode === 'lcd' ? 2 : 10}
      minVizWidth={options.minVizWidth}
      minVizHeight={options.minVizHeight}
      maxVizHeight={options.maxVizHeight ?? 300}
    >
      {({ value, alignmentFactors, count, orientation, width: each, height: high }) => (
        <BarGauge
          {...{ theme, orientation }}
          value={nameOf(value, count, panel)}
          width={each}
          height={high}
          field={value.field}
          display={value.view?.getFieldDisplayProcessor(value.colIndex)}
          text={options.text}
          itemSpacing={options.displayMode === 'lcd' ? 2 : 10}
          displayMode={options.displayMode}
          alignmentFactors={count > 1 ? alignmentFactors : undefined}
          showUnfilled={options.showUnfilled}
          valueDisplayMode={options.valueMode}
          namePlacement={options.namePlacement}
        />
      )}
    </Repeated>
  );
}

function GaugePanel({ panel, width, height, frames, theme, timeZone, fill }) {
  const options = { orientation: 'auto', showThresholdMarkers: true, ...panel.options };
  return (
    <Repeated {...{ panel, frames, theme, timeZone, fill, width, height, options }} itemSpacing={8} autoGrid>
      {({ value, count, width: each, height: high }) => (
        <Gauge
          {...{ theme, options }}
          value={nameOf(value, count, panel)}
          field={value.field}
          width={each}
          height={high}
        />
      )}
    </Repeated>
  );
}

/** One drawing for each value, as Grafana lays them out. */
function Repeated({ panel, frames, theme, timeZone, fill, options, sparkline = false, children, ...layout }) {
  const values = () =>
    getFieldDisplayValues({
      fieldConfig: fieldConfigOf(panel),
      reduceOptions: { values: false, calcs: ['lastNotNull'], ...options.reduceOptions },
      replaceVariables: fill,
      theme,
      data: frames,
      sparkline,
      timeZone,
    });
  return (
    <VizRepeater
      {...layout}
      source={frames}
      renderCounter={0}
      orientation={options.orientation}
      getValues={values}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={children}
    />
  );
}

function nameOf({ display }, count, { fieldConfig }) {
  return count === 1 && !fieldConfig?.defaults?.displayName ? { ...display, title: undefined } : display;
}

function TablePanel({ panel, frames, width, height, theme, timeRange }) {
  const { showHeader = true, cellHeight = 'sm', sortBy } = panel.options ?? {};
  const data = frames.find(({ fields }) => fields.some(({ type }) => type !== FieldType.time)) ?? frames[0];
  return (
    <TableNG
      {...{ data, width, height, theme, timeRange, cellHeight, sortBy }}
      noHeader={!showHeader}
      fieldConfig={fieldConfigOf(panel)}
      structureRev={1}
      enableVirtualization={false}
      transparent={false}
    />
  );
}

function TextPanel({ panel }) {
  const { content = '', mode = 'markdown' } = panel.options ?? {};
  const html = mode === 'markdown' ? renderTextPanelMarkdown(content) : content;
  // eslint-disable-next-line react/no-danger -- the text is that of the dashboard
  return <div className="markdown-html" dangerouslySetInnerHTML={{ __html: html }} />;
}
