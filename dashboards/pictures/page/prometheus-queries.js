import { rangeUtil } from '@grafana/data';

/** As a datasource of Grafana that is told the interval of scrapes. */
export function createPrometheusQueries({ url, scrapeMs }) {
  async function get(path, parameters) {
    const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
    const body = await response.json();
    if (body.status !== 'success') throw new Error(body.error ?? response.statusText);
    return body.data;
  }

  return {
    /** Every result of the targets of a panel: `{ target, type, result }`. */
    async panel(panel, { range, variables, widthPx }) {
      const targets = (panel.targets ?? []).filter(
        ({ hide, expr }) => hide !== true && expr !== undefined && expr !== '',
      );
      return Promise.all(
        targets.flatMap((target) => {
          const steps = stepsOf({ panel, target, range, widthPx, scrapeMs });
          const expression = variables.fill(target.expr, builtIns({ range, scrapeMs, ...steps }));
          // Explore asks both ways; a panel asks for a range unless the target says otherwise.
          const wantsRange = target.range ?? target.instant !== true;
          const kinds = [wantsRange && 'range', target.instant === true && 'instant'].filter(Boolean);
          return kinds.map(async (kind) => ({
            target,
            kind,
            expression,
            stepMs: steps.stepMs,
            ...(await run(kind, expression, steps)),
          }));
        }),
      );

      async function run(kind, query, { stepMs }) {
        const step = stepMs / 1000;
        // Aligned to the step, so that a refresh does not move the points.
        const [start, end] = [range.from, range.to].map((ms) => Math.floor(ms / stepMs) * step);
        const data = await (
          kind === 'range'
            ? get('query_range', { query, start, end, step })
            : get('query', { query, time: range.to / 1000 })
        ).catch((error) => {
          throw new Error(`${query}: ${error.message}`);
        });
        return { type: data.resultType, result: data.result };
      }
    },
    /** The series of an annotation. */
    async range(text, { range, variables, stepMs }) {
      const interval = `${stepMs / 1000}s`;
      const steps = { interval, intervalMs: stepMs, stepMs };
      const query = variables.fill(text, builtIns({ range, scrapeMs, ...steps }));
      const [start, end, step] = [range.from, range.to, stepMs].map((ms) => ms / 1000);
      return (await get('query_range', { query, start, end, step })).result;
    },
    /** The values of a variable's query: `label_values(metric, label)`, `label_values(label)` or `query_result(...)`. */
    async variable(text, range) {
      const labelValues = /^label_values\((?:([\s\S]+),)?\s*([\w:]+)\s*\)$/.exec(text.trim());
      if (labelValues === null) throw new Error(`A query that is not known here: ${text}`);
      const [, match, label] = labelValues;
      const period = { start: range.from / 1000, end: range.to / 1000 };
      return get(`label/${label}/values`, match === undefined ? period : { ...period, 'match[]': match.trim() });
    },
  };
}

function stepsOf({ panel, target, range, widthPx, scrapeMs }) {
  const lowest = String(target.interval || panel.interval || `${scrapeMs}ms`).replace('>', '');
  const timeRange = { from: { valueOf: () => range.from }, to: { valueOf: () => range.to } };
  const { interval, intervalMs } = rangeUtil.calculateInterval(timeRange, panel.maxDataPoints ?? widthPx, lowest);
  return { interval, intervalMs, stepMs: Math.max(intervalMs, scrapeMs) * (target.intervalFactor ?? 1) };
}

function builtIns({ range, scrapeMs, interval, intervalMs, stepMs }) {
  const rangeMs = range.to - range.from;
  const rangeS = Math.round(rangeMs / 1000);
  // "At least four times the scrape interval", so that every rate has samples.
  const rateMs = Math.max(stepMs + scrapeMs, 4 * scrapeMs);
  return {
    __interval: interval,
    __interval_ms: `${intervalMs}`,
    __rate_interval: `${Math.round(rateMs / 1000)}s`,
    __rate_interval_ms: `${rateMs}`,
    __range: `${rangeS}s`,
    __range_s: `${rangeS}`,
    __range_ms: `${rangeMs}`,
    __from: `${range.from}`,
    __to: `${range.to}`,
  };
}
