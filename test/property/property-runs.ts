const runs = process.env['PROPERTY_RUNS'];
const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() ^ process.pid);
console.log(`property seed ${seed}`);

/** How many cases, and from which seed: `npm run test:property -- --runs 100000 --seed 42` sets both. */
export function propertyRuns(defaultRuns = 1_000): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: runs === undefined ? defaultRuns : Number(runs), seed };
}
