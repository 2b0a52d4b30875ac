import { writeFile } from 'node:fs/promises';
import type { Loss } from '../compression/options.ts';
import { htmlReport } from './html-report.ts';
import { hasFailed, inspectConversation, type InspectedResult, type Inspection } from './inspect-conversation.ts';
import { jsonReport } from './json-report.ts';
import { readConversation, type InputShape } from './read-conversation.ts';
import { inputName, readInput } from './read-input.ts';
import { screenOf } from './screen.ts';
import { terminalReport } from './terminal-report.ts';
import { UsageError } from './usage-error.ts';
import { writeLines } from './write-lines.ts';

/** The options of the command, as the command line gives them. */
export interface InspectCommandOptions {
  readonly as?: InputShape;
  readonly model?: string;
  readonly provider?: string;
  readonly loss: Loss;
  readonly minTokens?: number;
  readonly targetTokens?: number;
  readonly maxTokens?: number;
  readonly query?: string;
  readonly tool?: string;
  readonly result?: number;
  readonly full?: boolean;
  readonly texts?: boolean;
  readonly verify: boolean;
  readonly json?: boolean;
  readonly html?: string;
  readonly color?: boolean;
}

export interface InspectSurroundings {
  readonly process: NodeJS.Process;
  /** Called when the whole input is there, and nothing is waited for any more. */
  readonly onInputRead: () => void;
}

const DEFAULT_MODEL = 'gpt-4o';
/** Lines on the screen for each result. */
const MOST_LINES = 40;
/** Lines of each text in a page. */
const MOST_LINES_OF_A_PAGE = 2_000;

/** Reads, inspects and reports, and sets the exit code of the process. Rejects with a `UsageError`. */
export async function inspect(
  file: string,
  options: InspectCommandOptions,
  { process, onInputRead }: InspectSurroundings,
): Promise<void> {
  checkTogether(options);
  const { stdout, stderr, env } = process;
  if (file === '-' && process.stdin.isTTY) stderr.write('Reading from the terminal; Ctrl-D ends the input.\n');
  const text = await readInput(file, process.stdin);
  onInputRead();
  const { shape, messages, model } = readConversation(text, {
    shape: options.as,
    query: options.query,
    toolName: options.tool,
  });
  const inspection = await inspectConversation(messages, {
    model: options.model ?? model ?? DEFAULT_MODEL,
    provider: options.provider,
    loss: options.loss,
    minTokens: options.minTokens,
    targetTokens: options.targetTokens,
    maxTokens: options.maxTokens,
    verify: options.verify,
  });
  const shown = resultsToShow(inspection, options);
  if (hasFailed(inspection)) process.exitCode = 1;
  for (const { where, name, message } of inspection.faults) {
    stderr.write(`headroom-hooks: A fault in ${where} ${name}: ${message.split('\n', 1)[0] ?? ''}\n`);
  }

  const about = { inputName: inputName(file), shape };
  const page = (): string =>
    htmlReport(inspection, { ...about, mostLines: options.full === true ? Infinity : MOST_LINES_OF_A_PAGE });
  if (options.html === '-') {
    await writeLines(stdout, [page()]);
    return;
  }
  if (options.html !== undefined) await writePage(options.html, page(), stderr);
  if (options.json === true) {
    const report = jsonReport(inspection, { ...about, withTexts: options.texts === true });
    await writeLines(stdout, [JSON.stringify(report, undefined, 2)]);
    return;
  }
  const screen = screenOf(stdout, env, options.color);
  const mostLines = options.full === true ? Infinity : MOST_LINES;
  await writeLines(stdout, terminalReport(inspection, screen, { ...about, shown, mostLines }));
}

/** Options that say different things. */
function checkTogether({ json, html, result, texts }: InspectCommandOptions): void {
  if (json === true && html === '-')
    throw new UsageError('--json and --html - both want standard output: name a file.');
  if (result !== undefined && (json === true || html !== undefined || texts === false)) {
    throw new UsageError('--result picks texts for the terminal: leave out --json, --html and --no-texts.');
  }
}

/** Those that changed, the one that was picked, or none where the texts are in a page, or not wanted. */
function resultsToShow(
  { results }: Inspection,
  { result: number, texts, html }: InspectCommandOptions,
): readonly InspectedResult[] {
  if (number !== undefined) {
    const result = results[number - 1];
    if (result !== undefined) return [result];
    throw new UsageError(
      `There is no result ${number}: the input has ${results.length === 0 ? 'none' : `${results.length}`}.`,
    );
  }
  if (texts === false || (html !== undefined && texts !== true)) return [];
  return results.filter(({ decision }) => decision.rewriting !== undefined);
}

async function writePage(path: string, page: string, stderr: NodeJS.WriteStream): Promise<void> {
  try {
    await writeFile(path, `${page}\n`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UsageError(`Can not write ${path}: ${code}.`);
  }
  stderr.write(`The page is in ${path}.\n`);
}
