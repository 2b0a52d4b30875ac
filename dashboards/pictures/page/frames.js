import { createDataFrame, FieldType } from '@grafana/data';

/** Results of Prometheus as the frames that Grafana's datasource makes of them. */
export function framesOf(responses) {
  const tables = responses.filter(({ target }) => target.format === 'table');
  const others = responses.filter(({ target }) => target.format !== 'table');
  return [
    ...others.flatMap((response) => {
      const frames = seriesFrames(response);
      return response.target.format === 'heatmap' ? [heatmapFrame(frames, response)] : frames;
    }),
    ...tables.map((response) => tableFrame(response, tables.length)),
  ];
}

function seriesFrames({ type, result, target, kind, stepMs }) {
  const rows = type === 'scalar' ? [{ metric: {}, value: result }] : result;
  return rows.map(({ metric, values, value }) => {
    const { __name__: name, ...labels } = metric;
    const points = values === undefined ? [value] : withGaps(values, stepMs);
    const legend = legendOf(target.legendFormat, { name, labels, expression: target.expr });
    return createDataFrame({
      refId: target.refId,
      name: legend,
      meta: { type: kind === 'range' ? 'timeseries-multi' : 'numeric-multi' },
      fields: [
        {
          name: 'Time',
          type: FieldType.time,
          values: points.map(([time]) => time * 1000),
          config: { interval: stepMs },
        },
        {
          name: 'Value',
          type: FieldType.number,
          values: points.map(([, text]) => numberOf(text)),
          labels,
          config: legend === undefined ? {} : { displayNameFromDS: legend },
        },
      ],
    });
  });
}

/** A step without a sample is a hole, not a line from one side to the other. */
function withGaps(values, stepMs) {
  return values.flatMap((point, index) => {
    const before = values[index - 1];
    const isHole = before !== undefined && (point[0] - before[0]) * 1000 > stepMs * 1.5;
    return isHole ? [[before[0] + stepMs / 1000, null], point] : [point];
  });
}

/** `undefined` leaves the name to Grafana, as "auto" does. */
function legendOf(format, { name, labels, expression }) {
  if (format === '__auto') return Object.keys(labels).length === 0 ? expression : undefined;
  if (format !== undefined && format !== '') {
    return format.replaceAll(
      /\{\{\s*([\w.]+)\s*\}\}/g,
      (_, label) => (label === '__name__' ? name : labels[label]) ?? '',
    );
  }
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  return name === undefined && pairs.length === 0
    ? expression
    : `${name ?? ''}${pairs.length > 0 ? `{${pairs.join(', ')}}` : ''}`;
}

function tableFrame({ type, result, target }, tableCount) {
  const rows = type === 'scalar' ? [{ metric: {}, value: result }] : result;
  const flat = rows.flatMap(({ metric, values, value }) =>
    (values ?? [value]).map(([time, text]) => ({ metric, time, text })),
  );
  const labels = [...new Set(rows.flatMap(({ metric }) => Object.keys(metric)))].sort();
  return createDataFrame({
    refId: target.refId,
    fields: [
      { name: 'Time', type: FieldType.time, values: flat.map(({ time }) => time * 1000), config: {} },
      ...labels.map((label) => ({
        name: label,
        type: FieldType.string,
        values: flat.map(({ metric }) => metric[label] ?? ''),
        config: { filterable: true },
      })),
      {
        name: tableCount > 1 ? `Value #${target.refId}` : 'Value',
        type: FieldType.number,
        values: flat.map(({ text }) => numberOf(text)),
        config: {},
      },
    ],
  });
}

/** Buckets that hold what is at most `le` become buckets that hold what is above the bound before. */
function heatmapFrame(frames, { target }) {
  const bounds = frames
    .map((frame) => ({ frame, le: numberOf(frame.fields[1].labels.le) }))
    .filter(({ le }) => !Number.isNaN(le) && le !== null)
    .sort((one, other) => one.le - other.le);
  const times = [...new Set(bounds.flatMap(({ frame }) => frame.fields[0].values))].sort((one, other) => one - other);
  const rows = bounds.map(({ frame }) => {
    const at = new Map(frame.fields[0].values.map((time, index) => [time, frame.fields[1].values[index] ?? 0]));
    return times.map((time) => at.get(time) ?? 0);
  });
  return createDataFrame({
    refId: target.refId,
    meta: { type: 'heatmap-rows' },
    fields: [
      { name: 'Time', type: FieldType.time, values: times, config: {} },
      ...bounds.map(({ le }, index) => ({
        name: Number.isFinite(le) ? String(le) : '+Inf',
        type: FieldType.number,
        values: rows[index].map((value, at) => Math.max(0, value - (rows[index - 1]?.[at] ?? 0))),
        config: {},
      })),
    ],
  });
}

function numberOf(text) {
  if (text === null || text === undefined) return null;
  if (text === '+Inf') return Infinity;
  return text === '-Inf' ? -Infinity : Number.parseFloat(text);
}
