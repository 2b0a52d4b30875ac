import type { Grid } from './grid.ts';

const MOST_GROUPS = 40;

/** The names of metrics by their first two words, with their counts: `go_memstats 26, node_cpu 20`. */
export function summarizeMetrics({ rows }: Grid): string {
  const counts = new Map<string, number>();
  for (const { values } of rows) {
    const group = (values[0] ?? '').split('_').slice(0, 2).join('_');
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  const ranked = [...counts].toSorted(([, one], [, other]) => other - one);
  const said = ranked.slice(0, MOST_GROUPS).map(([group, count]) => `${group}_ ${count}`);
  const others = ranked.length - said.length;
  if (others > 0) said.push(`${others} other groups`);
  return said.join(', ');
}
