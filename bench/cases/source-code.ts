import { readFileSync } from 'node:fs';
import type { ToolOutput } from './benchmark-case.ts';

const FILES = [
  { path: 'src/compression/judge.ts', query: 'What decides whether a form is kept?', text: 'judgeLossless' },
  {
    path: 'src/compression/optimize-messages.ts',
    query: 'Which texts are too large?',
    text: 'LARGEST_TEXT_CHARS = 4_194_304',
  },
  { path: 'src/events/event.ts', query: 'Which types of event are there?', text: "'run.start'" },
];

/** Files of this repository, as an agent reads them: their figures change when they do. */
export function sourceCode(): readonly ToolOutput[] {
  return FILES.map(({ path, query, text }) => ({
    name: path.replaceAll('/', '-'),
    kind: 'source-code',
    tool: 'read_file',
    arguments: { path },
    text: readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'),
    questions: [{ query, needles: [{ text }] }],
  }));
}
