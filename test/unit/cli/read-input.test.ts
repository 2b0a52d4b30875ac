import { expect, test } from 'vitest';
import { readInput } from '../../../src/cli/read-input.ts';
import { UsageError } from '../../../src/cli/usage-error.ts';

const streamOf = (chunks: Iterable<Buffer>) =>
  (async function* () {
    yield* chunks;
  })() as unknown as NodeJS.ReadStream;

test('characters that are parted between two pieces come together', async () => {
  const bytes = Buffer.from('日本語');
  expect(await readInput('-', streamOf([bytes.subarray(0, 4), bytes.subarray(4)]))).toBe('日本語');
});

test('an input that does not end is given up once it is too large', async () => {
  const mebibyte = Buffer.alloc(1_048_576, 'x');
  let taken = 0;
  const endless = (function* () {
    for (;;) {
      taken++;
      yield mebibyte;
    }
  })();
  const refused = readInput('-', streamOf(endless));
  await expect(refused).rejects.toThrow(UsageError);
  await expect(refused).rejects.toThrow('larger than 256 MiB');
  expect(taken).toBe(257);
});
