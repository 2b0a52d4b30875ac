import { formattedValueToString, getActiveThreshold } from '@grafana/data';

const SWEEP = 250;

/** A dial. `@grafana/ui` has none since 13, so that this one is ours; values, units and colours are Grafana's. */
export function Gauge({ value, field, width, height, theme, options }) {
  const [min, max] = [field.min ?? 0, field.max ?? 100];
  const showsName = value.title !== undefined && value.title !== '';
  const nameHeight = showsName ? 22 : 0;
  const radius = Math.max(10, Math.min(width / 2, (height - nameHeight) / 1.6) - 6);
  const [x, y] = [width / 2, radius + 6];
  const thickness = radius * 0.24;
  const share = Math.min(1, Math.max(0, (value.numeric - min) / (max - min || 1)));
  const { steps } = field.thresholds ?? { steps: [] };
  const text = formattedValueToString(value);
  const fontSize = Math.min(radius * 0.48, (radius * 2.2) / Math.max(3, text.length));
  const arc = (from, to, at, wide, colour) => (
    <path d={arcPath({ x, y, radius: at, from, to })} stroke={colour} strokeWidth={wide} fill="none" />
  );
  return (
    <svg width={width} height={height}>
      {arc(0, 1, radius - thickness / 2 - 5, thickness, theme.colors.background.secondary)}
      {Number.isFinite(value.numeric) && arc(0, share, radius - thickness / 2 - 5, thickness, value.color)}
      {options.showThresholdMarkers &&
        steps.map((step, index) => {
          const bound = (at) => Math.min(1, Math.max(0, (at - min) / (max - min || 1)));
          const [from, to] = [bound(step.value), bound(steps[index + 1]?.value ?? Infinity)];
          const { color } = getActiveThreshold(step.value === -Infinity ? min : step.value, steps);
          return (
            to > from && <g key={step.value}>{arc(from, to, radius, 4, theme.visualization.getColorByName(color))}</g>
          );
        })}
      <text x={x} y={y + fontSize * 0.35} textAnchor="middle" fontSize={fontSize} fontWeight={500} fill={value.color}>
        {text}
      </text>
      {showsName && (
        <text x={x} y={height - 6} textAnchor="middle" fontSize={14} fill={theme.colors.text.primary}>
          {value.title}
        </text>
      )}
    </svg>
  );
}

/** From a share of the sweep to another. */
function arcPath({ x, y, radius, from, to }) {
  const point = (share) => {
    const angle = ((-90 - SWEEP / 2 + share * SWEEP) * Math.PI) / 180;
    return `${(x + radius * Math.cos(angle)).toFixed(2)} ${(y + radius * Math.sin(angle)).toFixed(2)}`;
  };
  return `M ${point(from)} A ${radius} ${radius} 0 ${(to - from) * SWEEP > 180 ? 1 : 0} 1 ${point(to)}`;
}
