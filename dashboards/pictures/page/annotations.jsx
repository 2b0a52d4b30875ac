import { useLayoutEffect } from 'react';

/** What the dashboard marks in every plot, as spans of time: steps that follow each other are one span. */
export async function loadAnnotations(list, { queries, variables, range }) {
  const wanted = list.filter(({ enable, expr }) => enable === true && expr !== undefined);
  const loaded = await Promise.all(
    wanted.map(async ({ expr, step, iconColor, name }) => {
      const stepMs = step === undefined || step === '' ? 60_000 : Number.parseFloat(step) * 1000;
      const series = await queries.range(expr, { range, variables, stepMs });
      return series.flatMap(({ values }) =>
        spansOf(values, stepMs).map((span) => ({ ...span, colour: iconColor, name })),
      );
    }),
  );
  return loaded.flat();
}

function spansOf(values, stepMs) {
  const spans = [];
  for (const [time, value] of values) {
    const atMs = time * 1000;
    if (Number(value) === 0) continue;
    const last = spans.at(-1);
    if (last !== undefined && atMs - last.to <= stepMs) last.to = atMs;
    else spans.push({ from: atMs, to: atMs });
  }
  return spans;
}

/** Draws them as Grafana does: dashed at both ends, a tint between, a bar below the axis. */
export function Annotations({ config, annotations, theme }) {
  useLayoutEffect(() => {
    config.addHook('draw', (plot) => {
      const { ctx, bbox } = plot;
      const scale = globalThis.devicePixelRatio;
      ctx.save();
      for (const { from, to, colour } of annotations) {
        const [left, right] = [from, to].map((ms) =>
          Math.min(bbox.left + bbox.width, Math.max(bbox.left, plot.valToPos(ms, 'x', true))),
        );
        ctx.strokeStyle = theme.visualization.getColorByName(colour);
        ctx.fillStyle = ctx.strokeStyle;
        ctx.globalAlpha = 0.1;
        ctx.fillRect(left, bbox.top, right - left, bbox.height);
        ctx.globalAlpha = 1;
        ctx.fillRect(left - 2 * scale, bbox.top + bbox.height, Math.max(4 * scale, right - left), 4 * scale);
        ctx.lineWidth = 1.5 * scale;
        ctx.setLineDash([5 * scale, 5 * scale]);
        for (const x of new Set([left, right])) {
          ctx.beginPath();
          ctx.moveTo(x, bbox.top);
          ctx.lineTo(x, bbox.top + bbox.height);
          ctx.stroke();
        }
        ctx.setLineDash([]);
      }
      ctx.restore();
    });
  }, [config]);
  return null;
}
