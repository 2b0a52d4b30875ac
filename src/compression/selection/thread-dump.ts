import { tellingFrames } from './stack-traces.ts';
import type { StackTrace } from './stack-traces.ts';

/** Threads of a dump that all stand at the same place. */
export interface ThreadGroup {
  /** Indexes of the lines that begin them. */
  readonly headers: readonly number[];
  readonly names: readonly string[];
  /** The stack of the first of them. */
  readonly stack: StackTrace;
}

/** A stack begins no more than so many lines behind the line that names its thread. */
const FARTHEST_STACK = 4;
/** Fewer threads than these are no dump. */
const FEWEST_THREADS = 3;
/** So many names are said of those that stand at the same place. */
const MOST_NAMES = 6;
const LONGEST_NAME = 60;

/** `"main" #1 prio=5`, `Thread 3 (Thread 0x7f... (LWP 12)):`, `goroutine 7 [chan receive]:`, `Thread 0x7f (most recent call first):`. */
const HEADER =
  /^(?:"([^"]{1,200})" (?:#\d|prio=|daemon |os_prio=|tid=|Id=)|(Thread (?:0x[\da-f]+|\d+)) ?(?:\(.{0,200}\)|\[.{0,200}\])?:? ?(?:"([^"]{1,200})")?.{0,40}$|(goroutine \d+) \[[^\]]{1,120}\]:)/i;

/** Groups of threads by their stacks, in the order of the first of each. Empty where a text is no dump. */
export function groupThreads(bodies: readonly string[], stacks: readonly StackTrace[]): readonly ThreadGroup[] {
  const groups = new Map<string, { headers: number[]; names: string[]; stack: StackTrace }>();
  let threads = 0;
  for (const stack of stacks) {
    const header = headerOf(bodies, stack);
    if (header === undefined) continue;
    threads++;
    const group = groups.get(stack.key);
    if (group === undefined) groups.set(stack.key, { headers: [header.index], names: [header.name], stack });
    else {
      group.headers.push(header.index);
      group.names.push(header.name);
    }
  }
  return threads < FEWEST_THREADS ? [] : [...groups.values()];
}

function headerOf(
  bodies: readonly string[],
  { first }: StackTrace,
): { readonly index: number; readonly name: string } | undefined {
  for (let index = first - 1; index >= 0 && index >= first - FARTHEST_STACK; index--) {
    const body = bodies[index] ?? '';
    if (body.trim() === '') return undefined;
    const match = HEADER.exec(body);
    if (match !== null)
      return { index, name: (match[1] ?? match[3] ?? match[2] ?? match[4] ?? '').slice(0, LONGEST_NAME) };
  }
  return undefined;
}

/** `[31 more threads stand where that of line 40 does: pool-1, pool-2 and 29 others; the last on line 812]`. */
export function sameThreads({ headers, names }: ThreadGroup): string | undefined {
  const others = names.slice(1);
  if (others.length === 0) return undefined;
  const named = others.slice(0, MOST_NAMES).join(', ');
  const rest = others.length > MOST_NAMES ? ` and ${others.length - MOST_NAMES} others` : '';
  const many = others.length === 1 ? '1 more thread has' : `${others.length} more threads have`;
  return `[${many} the stack of line ${(headers[0] ?? 0) + 1}: ${named}${rest}; the last on line ${(headers.at(-1) ?? 0) + 1}]`;
}

/** Where a thread stands: its name, its state, and the frames that tell most. */
export function threadLines(bodies: readonly string[], { headers, stack }: ThreadGroup): readonly number[] {
  const header = headers[0] ?? 0;
  const between = Array.from({ length: stack.first - header }, (_, offset) => header + offset);
  return [...between, ...tellingFrames(bodies, stack)];
}
