import { createRandom } from './random.ts';
import { formatTime, TIMELINE } from './timeline.ts';

export interface MetricPoint {
  readonly time: string;
  readonly requests_per_second: number;
  readonly error_ratio: number;
  readonly latency_p95_ms: number;
  readonly payments_pool_in_use: number;
  readonly payments_pool_waiting: number;
}

/** One point a minute of checkout and of the pool behind it, with a step up and a step down: 160 points. */
export function queryMetrics(): readonly MetricPoint[] {
  const random = createRandom(20_260_312);
  const points: MetricPoint[] = [];
  for (let timeMs = TIMELINE.windowStart; timeMs < TIMELINE.windowEnd + 60_000; timeMs += 60_000) {
    const starved = timeMs >= TIMELINE.firstFailure - 30_000 && timeMs < TIMELINE.rolledBack;
    points.push({
      time: formatTime(timeMs),
      requests_per_second: round(38 + 4 * Math.sin(timeMs / 2_400_000) + random.next() * 3, 1),
      error_ratio: round(starved ? 0.36 + random.next() * 0.05 : 0.001 + random.next() * 0.002, 4),
      latency_p95_ms: starved ? random.integer(2_210, 2_480) : random.integer(228, 271),
      payments_pool_in_use: starved ? 32 : random.integer(41, 66),
      payments_pool_waiting: starved ? random.integer(410, 520) : 0,
    });
  }
  return points;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
