import type { ToolOutput } from './benchmark-case.ts';
import { createRandom, NOUNS, SERVICES, times, VERBS } from './words.ts';

/** `git diff` over so many files, each with one changed block; one of them changes a limit. */
export function unifiedDiffText(fileCount: number): string {
  const random = createRandom(15);
  return times(fileCount, (index) => {
    const path = `src/${random.pick(SERVICES)}/${random.pick(VERBS)}-${random.pick(NOUNS)}-${index}.ts`;
    const context = (): string =>
      ` export const ${random.pick(NOUNS)}${random.integer(1, 99)} = read('${random.pick(VERBS)}');`;
    const [removed, added] =
      index === 7 ? ['maxConnections: 40', 'maxConnections: 4'] : [`retries: ${index}`, `attempts: ${index}`];
    const line = random.integer(10, 300);
    return [
      `diff --git a/${path} b/${path}`,
      `index ${random.hex(7)}..${random.hex(7)} 100644`,
      `--- a/${path}`,
      `+++ b/${path}`,
      `@@ -${line},9 +${line},9 @@`,
      ...times(4, context),
      `-  ${removed},`,
      `+  ${added},`,
      ...times(4, context),
    ].join('\n');
  }).join('\n');
}

export function unifiedDiff(): ToolOutput {
  return {
    name: 'release.diff',
    kind: 'diff',
    tool: 'bash',
    arguments: { command: 'git diff v41 v42' },
    text: unifiedDiffText(60),
    questions: [
      {
        query: 'Did the release change maxConnections?',
        needles: [{ text: 'maxConnections: 40' }, { text: '+  maxConnections: 4' }],
      },
    ],
  };
}
