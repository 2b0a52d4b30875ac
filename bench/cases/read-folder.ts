import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { holds } from '../measure/holds.ts';
import { type BenchmarkCase, casesOf, type ChatMessage, type Needle, textOf } from './benchmark-case.ts';

interface ManifestItem {
  /** From the folder: `payloads/...` is one tool result, `conversations/...` is `{ messages }` or a list of messages. */
  readonly file: string;
  readonly category: string;
  readonly tool?: string;
  readonly arguments?: unknown;
}

interface Question {
  /** The end of the payload's path. */
  readonly payload: string;
  readonly kind: string;
  readonly query: string;
  readonly mustKeep: string | readonly string[];
}

interface UsedLater {
  readonly conversation: string;
  readonly substring: string;
  readonly usedAtMessage: number;
}

interface ConversationFile {
  readonly messages?: readonly ChatMessage[];
  readonly needles?: readonly (string | Needle)[];
}

/**
 * The cases of a folder, in one of two formats:
 *
 * - `manifest.json` with `{ items: [{ file, category, tool?, arguments? }] }`, the files that it names, and, if wanted,
 *   `questions.json` (`[{ payload, kind, query, mustKeep }]`) and `conversation_needles.json`
 *   (`[{ conversation, substring, usedAtMessage }]`);
 * - without a manifest, files of `{ messages, needles? }`, OpenAI chat messages with tool results among them. Their kind
 *   is `generated: ` and the name up to the first `_` or `.`; those that begin with `INDEX`, `PEER`, `parity` or `cases_` are no cases.
 */
export function readFolder(folder: string): readonly BenchmarkCase[] {
  return existsSync(join(folder, 'manifest.json')) ? readCorpus(folder) : readConversations(folder);
}

function readCorpus(folder: string): readonly BenchmarkCase[] {
  const { items } = readJson(folder, 'manifest.json') as { readonly items: readonly ManifestItem[] };
  const questions = readIfThere(folder, 'questions.json') as readonly Question[];
  const usedLater = readIfThere(folder, 'conversation_needles.json') as readonly UsedLater[];
  return items.flatMap((item): readonly BenchmarkCase[] => {
    if (!existsSync(join(folder, item.file))) return [];
    if (item.file.startsWith('conversations')) {
      const content = readJson(folder, item.file) as ConversationFile | readonly ChatMessage[];
      const messages = 'messages' in content ? (content.messages ?? []) : (content as readonly ChatMessage[]);
      const needles = usedLater
        .filter(({ conversation }) => conversation === item.file)
        .map(({ substring, usedAtMessage }) => ({ text: substring, kind: 'used-later', before: usedAtMessage }));
      return [{ name: item.file, kind: 'conversation', messages, needles }];
    }
    const asked = questions.filter(({ payload }) => basename(payload) === basename(item.file));
    return casesOf({
      name: item.file,
      kind: item.category,
      tool: item.tool ?? toolFor(item.category),
      arguments: item.arguments ?? {},
      text: readFileSync(join(folder, item.file), 'utf8'),
      questions: [...Map.groupBy(asked, ({ query }) => query)].map(([query, same]) => ({
        query,
        needles: same.flatMap(({ mustKeep, kind }) => [mustKeep].flat().map((text) => ({ text, kind }))),
      })),
    });
  });
}

function toolFor(category: string): string {
  if (/grep|search/.test(category)) return 'grep';
  if (/diff|git/.test(category)) return 'git';
  if (/source|code/.test(category)) return 'read_file';
  if (/html|markdown|doc/.test(category)) return 'fetch_url';
  return /json|api|record/.test(category) ? 'api_call' : 'bash';
}

const NO_CASE = /^(INDEX|PEER|parity|cases_)/;

function readConversations(folder: string): readonly BenchmarkCase[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && !NO_CASE.test(file));
  return files.toSorted().flatMap((file): readonly BenchmarkCase[] => {
    const { messages, needles } = readJson(folder, file) as ConversationFile;
    const results = messages?.filter(({ role }) => role === 'tool').map(({ content }) => textOf(content)) ?? [];
    if (messages === undefined || results.length === 0) return [];
    const wanted = Array.isArray(needles) ? needles : [];
    return [
      {
        name: file,
        kind: `generated: ${file.split(/[_.]/, 1)[0] ?? file}`,
        messages,
        needles: wanted
          .map((needle) => (typeof needle === 'string' ? { text: needle } : needle))
          .filter(({ text }) => typeof text === 'string' && results.some((result) => holds(result, text))),
      },
    ];
  });
}

function readJson(folder: string, file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

function readIfThere(folder: string, file: string): unknown {
  return existsSync(join(folder, file)) ? readJson(folder, file) : [];
}
