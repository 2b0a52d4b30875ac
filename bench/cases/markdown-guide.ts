import type { ToolOutput } from './benchmark-case.ts';
import { createRandom, NOUNS, sentence, times, VERBS } from './words.ts';

/** A guide with forty chapters, code blocks and a table. */
export function markdownGuide(): ToolOutput {
  const random = createRandom(21);
  const chapters = times(40, (index) => {
    const noun = random.pick(NOUNS);
    const answer = index === 23 ? 'Set `WORKER_DRAIN_SECONDS=90` before a rolling restart, or jobs are lost.\n\n' : '';
    const code = `\`\`\`ts\nconst ${noun} = await client.${random.pick(VERBS)}('${noun}', { retries: ${random.integer(1, 9)} });\n\`\`\``;
    const points = times(3, () => `- ${sentence(random)}`).join('\n');
    return `## ${index + 1}. How it ${random.pick(VERBS)} the ${noun}\n\n${sentence(random)} ${sentence(random)}\n\n${answer}${points}\n\n${code}`;
  });
  const table = [
    '| setting | default |',
    '| --- | --- |',
    ...times(12, (index) => `| ${random.pick(NOUNS)}_${index} | ${random.integer(1, 500)} |`),
  ].join('\n');
  return {
    name: 'guide.md',
    kind: 'markdown',
    tool: 'read_file',
    arguments: { path: 'docs/guide.md' },
    text: ['# Operating the workers', table, ...chapters].join('\n\n'),
    questions: [
      {
        query: 'How do I keep jobs from being lost in a rolling restart?',
        needles: [{ text: 'WORKER_DRAIN_SECONDS=90' }],
      },
    ],
  };
}
