import { createEngineMemo } from '../../../src/compression/engine-memo.ts';
import { minifiedSource } from '../../../src/compression/json/minified-source.ts';
import { optimizeWith } from '../../../src/compression/optimize-messages.ts';
import { resolveOptions } from '../../../src/compression/options.ts';
import { createMemoryStore, type Decision, type Loss } from '../../../src/index.ts';
import { restore } from '../../../src/testing.ts';
import { isJson } from '../is-json.ts';

export interface HostileResult {
  readonly text: string;
  readonly decision: Decision | undefined;
  readonly faults: readonly string[];
  /** What `restore` makes of it. */
  readonly restored: string;
  readonly messages: readonly unknown[];
}

/** What becomes of one tool result, by an engine that has seen no other. */
export async function optimizeHostile(output: string, loss: Loss): Promise<HostileResult> {
  const store = createMemoryStore();
  const faults: string[] = [];
  const { messages, decisions } = await optimizeWith(
    [
      { role: 'user', content: 'What failed?' },
      {
        role: 'assistant',
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'run', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'call_1', content: output },
    ],
    {
      settings: resolveOptions({ loss, store }),
      family: 'o200k',
      memo: createEngineMemo(),
      onFault: (name, error) => faults.push(`${name}: ${error}`),
    },
  );
  const text = (messages.at(-1) as { content: string }).content;
  const [decision] = decisions;
  return { text, decision, faults, restored: await restore(text, decision, store), messages };
}

/** The same character by character, or as JSON up to insignificant white space. */
export function isSameOutput(one: string, other: string): boolean {
  return one === other || (isJson(one) && isJson(other) && minifiedSource(one) === minifiedSource(other));
}

/** The names of all that hangs on the prototypes that a text could reach. */
export function prototypeNames(): readonly string[] {
  return [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype].flatMap((prototype) =>
    Reflect.ownKeys(prototype).map(String),
  );
}
