/**
 * At most twice `count` lines of a text: all of a short one, else the first and as many evenly spread over the rest.
 * What a text is shows in these, so that looking costs the same for a longer one.
 */
export function sampleLines(lines: readonly string[], count: number): readonly string[] {
  if (lines.length <= 2 * count) return lines;
  const sampled = lines.slice(0, count);
  const step = (lines.length - count) / count;
  for (let index = 0; index < count; index++) sampled.push(lines[Math.floor(count + index * step)] ?? '');
  return sampled;
}
