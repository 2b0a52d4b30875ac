import { indentOf } from './line-body.ts';

/** Frames that stand together: calls from where something happened to where the program began, or the other way. */
export interface StackTrace {
  /** Indexes of its first and last line; what stands between frames, such as code and locks, is part of it. */
  readonly first: number;
  readonly last: number;
  /** Indexes of its frames. */
  readonly frames: readonly number[];
  /** The same for stacks that differ in addresses alone. */
  readonly key: string;
}

/** Longer lines are no frames. */
const LONGEST_FRAME = 2_000;
/** So many lines that are no frames can stand between two that are: code, a marker under it, a lock. */
const MOST_BETWEEN = 3;

/**
 * How frames begin: JVM, JavaScript, .NET (`at`), Python, gdb, PHP, Dart and sanitizers (`#1`), Ruby, Go's files, Rust,
 * valgrind, Lua, Perl, Elixir, Haskell.
 */
const FRAME =
  /^(?:\s{0,40}at (?:\S.{0,1900}[)\d\]>]$|0x)|\s{0,12}File "[^"]{1,400}", line \d|\s{0,12}\.{3} \d+ (?:more|common frames)|\s{0,12}#\d{1,4} {1,6}\S|\s{1,12}from \S{1,400}:\d|==\d+== {4,8}(?:at|by) 0x|\s{0,12}(?:# )?\S{1,400}:\d+:in [`'"\w]|\s{1,12}# \.{0,2}\/\S{1,400}:\d|\S{1,400}:\d+: in \S|\s{1,12}\S{1,400}\.go:\d+|\s{0,12}\S{1,400}:\d+: in function|\s{1,12}\[C\]: in|\s{1,12}\S{1,200} called at \S{1,400} line \d|\s{2,12}\([\w .-]{1,60}\) \S{1,400}:\d+: |\s{1,12}\S{1,200}, called at \S{1,400}:\d|\s{1,12}\d{1,3} +\S{1,80} +0x[\da-f]+ )/;
/** `main.run(0xc000)` before its file, `  3: core::panicking::panic` before its place. */
const BEFORE_PLACE = /^(?:[\w./*()[\]{}-]{1,300}\(.{0,300}\)$|created by \S|\s{1,8}\d{1,3}: {1,4}\S)/;
/** Files and packages that a program did not bring itself. */
const LIBRARY =
  /node_modules[/\\]|\bnode:|\(internal\/|<anonymous>\)?$|(?:site|dist)-packages|[/\\]lib[/\\]python\d|<frozen |<string>|\/usr\/(?:lib|include|share|local\/(?:lib|go))|\/gems\/|[/\\]vendor[/\\]|\/rustc\/|\.cargo\/registry|\/pkg\/mod\/|\/sysdeps\/|\bat (?:java|javax|jdk|sun|kotlin|kotlinx|scala|groovy|clojure|junit|com\.sun|com\.google|org\.junit|org\.apache|org\.springframework|org\.codehaus|org\.gradle|org\.testng|org\.mockito|org\.hibernate|org\.eclipse|io\.netty|reactor|System|Microsoft|Xunit|NUnit)\.|\b(?:core|std|alloc|tokio)::|\?\? \(|\b_?_?libc_|\/libc?\b|runtime\/\w+\.(?:go|s):|\/testing\.go:|\bGLIBC|\bdart:|package:(?:test|flutter)_?\w*\//;

export function isStackFrame(body: string): boolean {
  return body.length <= LONGEST_FRAME && FRAME.test(body);
}

/** Whether a frame is in a file or package that the program brought itself. */
function isOwnFrame(body: string): boolean {
  return !LIBRARY.test(body);
}

/** All stacks of a text, in order, from its lines without times and colours. */
export function findStackTraces(bodies: readonly string[]): readonly StackTrace[] {
  const stacks: StackTrace[] = [];
  let index = 0;
  while (index < bodies.length) {
    if (!isStackFrame(bodies[index] ?? '')) {
      index++;
      continue;
    }
    const frames = [index];
    let end = index;
    for (let next = nextFrame(bodies, end); next !== undefined; next = nextFrame(bodies, end)) {
      frames.push(next);
      end = next;
    }
    const first = BEFORE_PLACE.test(bodies[index - 1] ?? '') ? index - 1 : index;
    const last = endOfFrame(bodies, end);
    const key = keyOf(bodies.slice(first, last + 1));
    stacks.push({ first, last, frames, key });
    index = last + 1;
  }
  return stacks;
}

/** The next frame of the same stack: the next line, or one behind code, markers and locks. */
function nextFrame(bodies: readonly string[], after: number): number | undefined {
  for (let index = after + 1; index <= after + 1 + MOST_BETWEEN && index < bodies.length; index++) {
    const body = bodies[index] ?? '';
    if (isStackFrame(body)) return index;
    if (!isPartOfStack(body)) return undefined;
  }
  return undefined;
}

function isPartOfStack(body: string): boolean {
  return INDENTED.test(body) || BEFORE_PLACE.test(body);
}

const INDENTED = /^\s+\S/;

/** The code under a frame of Python, deeper than the frame. */
function endOfFrame(bodies: readonly string[], frame: number): number {
  const depth = indentOf(bodies[frame] ?? '');
  let end = frame;
  while (end + 1 < bodies.length && end - frame < 2 && indentOf(bodies[end + 1] ?? '') > depth) end++;
  return end;
}

function keyOf(bodies: readonly string[]): string {
  return bodies.map((body) => body.trim().replace(/0x[\da-f]+/gi, '')).join('\n');
}

/**
 * The lines of a stack that tell most, the most telling first: frames of the program itself nearest to either end, the
 * ends, then what is next to those. Code that stands under a frame comes with it.
 */
export function tellingFrames(bodies: readonly string[], { frames, last }: StackTrace): readonly number[] {
  const own = frames.filter((frame) => isOwnFrame(bodies[frame] ?? ''));
  const chosen = [own[0], own.at(-1), frames[0], frames.at(-1), own[1], own.at(-2), frames[1], frames.at(-2)];
  const lines = new Set<number>();
  for (const frame of chosen) {
    if (frame === undefined || lines.has(frame)) continue;
    if (BEFORE_PLACE.test(bodies[frame - 1] ?? '')) lines.add(frame - 1);
    lines.add(frame);
    for (let next = frame + 1; next <= Math.min(last, frame + 2); next++) {
      const body = bodies[next] ?? '';
      if (isStackFrame(body) || BEFORE_PLACE.test(body)) break;
      lines.add(next);
    }
  }
  return [...lines];
}
