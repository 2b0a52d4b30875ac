import { parseArgs } from 'node:util';

export interface CliOptions {
  readonly help: boolean;
  readonly serve: boolean;
}

export const USAGE = `Usage: npm run demo -- [options]

An agent investigates an incident, and headroom-hooks compresses what it reads.
Without a key a scripted model answers on this machine; with one, a real one does.

Options:
  --serve   keep the /metrics server up until Ctrl-C
  --help    print this

Environment:
  OPENAI_API_KEY    use OpenAI (Responses API)
  OPENAI_BASE_URL   use this endpoint; without a key through Chat Completions,
                    as in OPENAI_BASE_URL=http://127.0.0.1:11434/v1 for Ollama
  OPENAI_MODEL      the model to ask, gpt-5 unless told otherwise
  DEMO_FAST=1       no pauses in the scripted answers (0: pauses in a pipe too)
  NO_COLOR=1        no colours
`;

/** Reads the command line. Throws a `TypeError` that names what it does not know. */
export function readCliOptions(args: readonly string[]): CliOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { help: { type: 'boolean', short: 'h', default: false }, serve: { type: 'boolean', default: false } },
  });
  return values;
}
