/** All of so many indexes but the first, in an order that spreads: halves, quarters, eighths. */
export function evenly(count: number): readonly number[] {
  const rows: number[] = [];
  let step = 1;
  while (step * 2 < count) step *= 2;
  const seen = new Set<number>();
  for (; step >= 1; step /= 2) {
    for (let row = step; row < count; row += step) {
      if (seen.has(row)) continue;
      seen.add(row);
      rows.push(row);
    }
  }
  return rows;
}
