import { Command, InvalidArgumentError, Option } from 'commander';
import { VERSION } from '../sinks/version.ts';
import { inspect, type InspectCommandOptions, type InspectSurroundings } from './inspect.ts';

const EXAMPLES = `
Examples:
  $ npx headroom-hooks inspect conversation.json
  $ npx headroom-hooks inspect conversation.json --result 3 --full
  $ npx headroom-hooks inspect conversation.json --html report.html
  $ kubectl get pods -A -o json | npx headroom-hooks inspect - --query "Which pods do not run?"
  $ npx headroom-hooks inspect build.log --json | jq .metrics.savingsPercent

The input is a conversation (a JSON array of messages in the shape of OpenAI, of Anthropic or of the AI SDK, an object that
holds one as "messages", or one message a line), or else one tool result. Nothing is sent anywhere.

Exit status: 0 all is well; 1 a result does not come back, or something failed; 2 wrong usage or no readable input.
`;

/** The command line. Rejects with a `CommanderError` or a `UsageError` for what it does not understand. */
export function createProgram(surroundings: InspectSurroundings): Command {
  const { stdout, stderr } = surroundings.process;
  const program = new Command('headroom-hooks')
    .description('See what headroom-hooks makes of what an agent reads.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(`headroom-hooks: ${asSentence(text)}\n`),
      getOutHelpWidth: () => (stdout.isTTY ? stdout.columns : 100),
    });
  addInspect(program, surroundings);
  return program;
}

function addInspect(program: Command, surroundings: InspectSurroundings): void {
  program
    .command('inspect')
    .summary('show what becomes of the tool results in a conversation, or of one tool result')
    .description('Shows what becomes of the tool results in a conversation, or of one tool result, and why.')
    .argument('<file>', 'conversation or tool result; - for standard input')
    .addOption(new Option('--as <shape>', 'what the input is, where that is not to be found out').choices(SHAPES))
    .option('--model <id>', 'model to count tokens for (default: the one the input names, or gpt-4o)', readName)
    .option('--provider <name>', 'its provider, where the id does not tell the tokenizer', readName)
    .addOption(
      new Option('--loss <loss>', 'what may be left out; the default is that of an agent with hooks')
        .choices(['none', 'recoverable', 'allowed'])
        .default('recoverable'),
    )
    .option('--min-tokens <count>', 'leave results with fewer tokens alone (default: 20)', readCount)
    .option('--target-tokens <count>', 'aim for so many tokens where something may be left out', readPositive)
    .option('--max-tokens <count>', 'let no result have more, where something may be left out', readPositive)
    .option('--query <text>', 'what the user asked, for one tool result')
    .option('--tool <name>', 'tool that one tool result came from', readName)
    .option('--result <number>', 'show the texts of this result only', readNumber)
    .option('--full', 'show texts as a whole, however long they are')
    .option('--texts', 'put the texts into --json')
    .option('--no-texts', 'show the table only')
    .option('--no-verify', 'do not turn results back to see whether the original comes back')
    .option('--json', 'print JSON for machines')
    .option('--html <file>', 'write a page with the texts side by side; - for standard output')
    .option('--color', 'use colours (default: on a terminal)')
    .option('--no-color', 'use none, as NO_COLOR does')
    .addHelpText('after', EXAMPLES)
    .action((file: string, options: InspectCommandOptions) => inspect(file, options, surroundings));
}

const SHAPES = ['messages', 'result'];

function readName(text: string): string {
  if (text === '') throw new InvalidArgumentError('It can not be empty.');
  return text;
}

function readCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It has to be a whole number.');
  return Number(text);
}

function readPositive(text: string): number {
  const count = readCount(text);
  if (count === 0) throw new InvalidArgumentError('It has to be above 0.');
  return count;
}

function readNumber(text: string): number {
  const number = readCount(text);
  if (number === 0) throw new InvalidArgumentError('Results are counted from 1.');
  return number;
}

/** `error: unknown option '--x'` as a sentence of ours, on one line. */
function asSentence(text: string): string {
  const line = text
    .replace(/^error: /, '')
    .trim()
    .replaceAll('\n', ' ');
  const sentence = `${line.slice(0, 1).toUpperCase()}${line.slice(1)}`;
  return /[.?)]$/.test(sentence) ? sentence : `${sentence}.`;
}
