import type { ListingEntry } from '../code-tools/listing-entries.ts';
import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';
import { cutAt, depthOf } from './names-by-directory.ts';

interface Sum {
  files: number;
  size: number;
}

export interface DirectorySums {
  /** `1500 files in 83 directories, sizes sum to 4017123`. */
  readonly about: string;
  /** `src/model/: 31 files, 120412`, one line each. */
  readonly sums: readonly string[];
}

/**
 * What each directory of a listing holds in itself and, where too many would be told, in all below it as well. Sizes
 * are summed where every file has one and none is that of a directory with all that is in it, as `du` tells them.
 */
export function directorySums(entries: readonly (ListingEntry | undefined)[], limitTokens: number): DirectorySums {
  const named = entries.filter((entry) => entry !== undefined);
  const files = named.filter(({ isDirectory }) => !isDirectory);
  const hasSums = named.some(({ isDirectory, isWhole, size }) => isDirectory && isWhole && size !== undefined);
  const hasSizes = !hasSums && files.length > 0 && files.every(({ size }) => size !== undefined);
  let sums = new Map<string, Sum>();
  let deepest = 0;
  for (const { path, size } of files) {
    const directory = path.slice(0, path.lastIndexOf('/') + 1);
    deepest = Math.max(deepest, depthOf(directory));
    add(sums, directory, { files: 1, size: size ?? 0 });
  }
  const count = sums.size;
  let isMerged = false;
  let lines = write(sums, hasSizes);
  for (let depth = deepest - 1; depth >= 1 && estimateTokens(lines.join('\n')) > limitTokens; depth--) {
    const merged = new Map<string, Sum>();
    for (const [directory, sum] of sums) add(merged, cutAt(directory, depth), sum);
    sums = merged;
    isMerged = true;
    lines = write(sums, hasSizes);
  }
  const total = files.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const about = [
    `${files.length} ${files.length === 1 ? 'entry' : 'entries'} in ${count} ${count === 1 ? 'directory' : 'directories'}`,
    hasSizes ? `, sizes sum to ${total}` : '',
    isMerged ? ', counted by directory with all below it' : ', counted by directory',
  ];
  return { about: about.join(''), sums: lines };
}

function add(sums: Map<string, Sum>, directory: string, { files, size }: Sum): void {
  const known = sums.get(directory);
  if (known === undefined) sums.set(directory, { files, size });
  else {
    known.files += files;
    known.size += size;
  }
}

function write(sums: ReadonlyMap<string, Sum>, hasSizes: boolean): string[] {
  return [...sums].map(
    ([directory, { files, size }]) => `${directory === '' ? './' : directory}: ${files}${hasSizes ? `, ${size}` : ''}`,
  );
}
