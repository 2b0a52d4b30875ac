const WORDS = (
  'settings parse read file path text value plan new index project default attempts delay verbose partial return ' +
  'export interface readonly async await promise import from with without'
).split(' ');

/** Lines of words that have little in common, so that nothing recognises them or makes them shorter. */
export function dissimilarLines(count: number, seed = 0): string[] {
  let state = seed * 7_919 + 1;
  const draw = (): number => (state = (state * 48_271) % 2_147_483_647);
  return Array.from({ length: count }, () => Array.from({ length: 9 }, () => WORDS[draw() % WORDS.length]).join(' '));
}
