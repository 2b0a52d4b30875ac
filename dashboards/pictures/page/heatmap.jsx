import { FieldType, formattedValueToString, getValueFormat } from '@grafana/data';
import { UPlotChart, UPlotConfigBuilder } from '@grafana/ui';
import * as schemes from 'd3-scale-chromatic';
import { useMemo } from 'react';

const LEGEND_HEIGHT = 34;

/** Buckets over time. Grafana's heatmap is not in `@grafana/ui`: the axes are Grafana's, the cells are ours. */
export function Heatmap({ panel, frames, width, height, theme, timeRange, timeZone }) {
  const { names, times, rows } = useMemo(() => rowsOf(frames), [frames]);
  const options = panel.options ?? {};
  const counts = rows.flat().filter((count) => count > (options.filterValues?.le ?? 1e-9));
  const largest = options.color?.max ?? counts.reduce((most, count) => Math.max(most, count), 0);
  const colour = colourOf(options.color, { largest, theme });
  const format = getValueFormat(options.yAxis?.unit ?? panel.fieldConfig?.defaults?.unit ?? 'none');
  const label = (index) => {
    const name = names[index] ?? '';
    return Number.isFinite(Number(name)) && name !== ''
      ? formattedValueToString(format(Number(name), options.yAxis?.decimals))
      : name;
  };
  const config = useMemo(() => {
    const builder = new UPlotConfigBuilder(timeZone);
    builder.addScale({
      scaleKey: 'x',
      isTime: true,
      orientation: 0,
      direction: 1,
      range: () => [timeRange.from.valueOf(), timeRange.to.valueOf()],
    });
    builder.addScale({ scaleKey: 'y', orientation: 1, direction: 1, range: () => [0, rows.length] });
    builder.addAxis({ scaleKey: 'x', isTime: true, placement: 'bottom', theme, timeZone, grid: { show: false } });
    const every = Math.ceil((rows.length * 18) / Math.max(60, height - 70));
    builder.addAxis({
      scaleKey: 'y',
      placement: 'left',
      theme,
      grid: { show: false },
      // A bucket is named after its upper bound, at its upper edge.
      splits: Array.from({ length: rows.length }, (_, index) => index + 1).filter((_, index) => index % every === 0),
      values: (_, splits) => splits.map((at) => label(at - 1)),
    });
    builder.addSeries({
      scaleKey: 'y',
      theme,
      pathBuilder: () => null,
      lineWidth: 0,
      showPoints: 'never',
      pointsBuilder: () => null,
      colorMode: {},
    });
    builder.setPrepData(() => [times, times.map(() => null)]);
    builder.addHook('draw', (plot) => {
      const { ctx } = plot;
      const step = times.length > 1 ? times[1] - times[0] : 60_000;
      const gap = options.cellGap ?? 1;
      ctx.save();
      ctx.beginPath();
      ctx.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height);
      ctx.clip();
      for (const [row, values] of rows.entries()) {
        for (const [index, count] of values.entries()) {
          if (count <= (options.filterValues?.le ?? 1e-9)) continue;
          const [left, right] = [times[index] - step, times[index]].map((time) => plot.valToPos(time, 'x', true));
          const [bottom, top] = [row, row + 1].map((at) => plot.valToPos(at, 'y', true));
          ctx.fillStyle = colour(count);
          ctx.fillRect(left, top, Math.max(1, right - left - gap), Math.max(1, bottom - top - gap));
        }
      }
      ctx.restore();
    });
    return builder;
  }, [rows, times, width, height]);
  const showsLegend = options.legend?.show !== false;
  const data = useMemo(() => config.prepData([]), [config]);
  return (
    <div style={{ position: 'relative' }}>
      <UPlotChart config={config} data={data} width={width} height={height - (showsLegend ? LEGEND_HEIGHT : 0)} />
      {showsLegend && <Scale {...{ colour, largest, theme }} />}
    </div>
  );
}

function Scale({ colour, largest, theme }) {
  const colours = Array.from({ length: 12 }, (_, index) => colour((largest * index) / 11));
  const number = (value) => formattedValueToString(getValueFormat('short')(value, value === 0 ? 0 : undefined));
  return (
    <div
      style={{
        display: 'flex',
        alignItems: 'center',
        gap: 8,
        paddingLeft: 8,
        fontSize: 12,
        color: theme.colors.text.secondary,
      }}
    >
      {number(0)}
      <div style={{ width: 200, height: 8, background: `linear-gradient(90deg, ${colours.join(',')})` }} />
      {number(largest)}
    </div>
  );
}

function rowsOf(frames) {
  const [first] = frames;
  const wide = first?.meta?.type === 'heatmap-rows';
  const times = first?.fields.find(({ type }) => type === FieldType.time)?.values ?? [];
  const fields = wide
    ? first.fields.filter(({ type }) => type === FieldType.number)
    : frames.flatMap((frame) => frame.fields.filter(({ type }) => type === FieldType.number));
  const named = fields.map((field) => ({
    name: wide ? field.name : (field.config.displayNameFromDS ?? field.labels?.le ?? field.name),
    values: field.values,
  }));
  return { times, names: named.map(({ name }) => name), rows: named.map(({ values }) => values) };
}

function colourOf(
  { scheme = 'Oranges', reverse = false, mode, exponent = 0.5, fill = 'dark-orange' } = {},
  { largest, theme },
) {
  if (mode === 'opacity') {
    const base = theme.visualization.getColorByName(fill);
    return (count) =>
      `color-mix(in srgb, ${base} ${Math.round(100 * (count / (largest || 1)) ** exponent)}%, transparent)`;
  }
  const ramp = schemes[`interpolate${scheme}`] ?? schemes.interpolateOranges;
  // The schemes go from bright to dark; on a dark ground few have to be dark and many bright.
  const isTurned = theme.isDark !== reverse;
  return (count) => {
    const share = Math.min(1, count / (largest || 1)) ** exponent;
    return ramp(isTurned ? 1 - share : share);
  };
}
