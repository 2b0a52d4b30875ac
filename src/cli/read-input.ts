import { createReadStream } from 'node:fs';
import { UsageError } from './usage-error.ts';

/** A larger input is refused: no model reads so much, and a string can not be much longer. */
const LARGEST_INPUT_BYTES = 268_435_456;

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
};

/** How a person calls the input. */
export function inputName(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/**
 * The text of a file, or of standard input for `-`: UTF-8, or UTF-16 with its mark. Rejects with a `UsageError` for what
 * can not be read, is empty, too large or no text.
 */
export async function readInput(path: string, standardInput: NodeJS.ReadStream): Promise<string> {
  const bytes = await readBytes(path, path === '-' ? standardInput : createReadStream(path));
  if (bytes.length === 0) throw unreadable(path, 'it is empty');
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(path, 'it is no text in UTF-8');
  }
}

async function readBytes(path: string, stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      const bytes = chunk as Buffer;
      chunks.push(bytes);
      size += bytes.length;
      if (size > LARGEST_INPUT_BYTES) break;
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'of an unknown error';
    throw unreadable(path, PROBLEMS[code] ?? code);
  }
  if (size > LARGEST_INPUT_BYTES) throw unreadable(path, `it is larger than ${LARGEST_INPUT_BYTES / 1_048_576} MiB`);
  return Buffer.concat(chunks);
}

function unreadable(path: string, why: string): UsageError {
  return new UsageError(`Can not inspect ${inputName(path)}: ${why}.`);
}
