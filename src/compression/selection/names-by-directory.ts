import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';

/**
 * Names with their counts under their directories: `src/model/: agents.ts 12, hooks.ts 3`. Where that takes more than
 * the limit, directories with the sums of all that is in them: `src/model/: 31 in 7 files`, and from the deepest up they
 * merge into those above until they fit.
 */
export function namesByDirectory(counts: ReadonlyMap<string, number>, limitTokens: number): readonly string[] {
  const directories = new Map<string, { readonly names: string[]; files: number; count: number }>();
  for (const [path, count] of counts) {
    const end = path.lastIndexOf('/') + 1;
    const directory = directories.get(path.slice(0, end)) ?? { names: [], files: 0, count: 0 };
    directory.names.push(`${path.slice(end)} ${count}`);
    directory.files++;
    directory.count += count;
    directories.set(path.slice(0, end), directory);
  }
  const full = [...directories].map(([directory, { names }]) =>
    directory === '' ? names.join(', ') : `${directory}: ${names.join(', ')}`,
  );
  if (estimateTokens(full.join('\n')) <= limitTokens) return full;

  let sums = [...directories].map(([directory, { files, count }]) => ({ directory, files, count }));
  let deepest = sums.reduce((most, { directory }) => Math.max(most, depthOf(directory)), 0);
  for (; ; deepest--) {
    const lines = sums.map(
      ({ directory, files, count }) =>
        `${directory === '' ? './' : directory}: ${count} in ${files} ${files === 1 ? 'file' : 'files'}`,
    );
    if (deepest <= 1 || estimateTokens(lines.join('\n')) <= limitTokens) return lines;
    sums = mergeDeeper(sums, deepest - 1);
  }
}

interface Sum {
  readonly directory: string;
  readonly files: number;
  readonly count: number;
}

function mergeDeeper(sums: readonly Sum[], depth: number): Sum[] {
  const merged = new Map<string, Sum>();
  for (const { directory, files, count } of sums) {
    const above = cutAt(directory, depth);
    const known = merged.get(above);
    merged.set(above, { directory: above, files: files + (known?.files ?? 0), count: count + (known?.count ?? 0) });
  }
  return [...merged.values()];
}

/** How many directories a path names. */
export function depthOf(directory: string): number {
  let depth = 0;
  for (let at = directory.indexOf('/'); at >= 0; at = directory.indexOf('/', at + 1)) depth++;
  return depth;
}

/** The first directories of a path, so many at most. */
export function cutAt(directory: string, depth: number): string {
  let at = -1;
  for (let step = 0; step < depth; step++) {
    const next = directory.indexOf('/', at + 1);
    if (next < 0) return directory;
    at = next;
  }
  return directory.slice(0, at + 1);
}
