import { expect, test } from 'vitest';
import { HeadroomError } from '../../src/headroom-error.ts';
import { importPeer } from '../../src/import-peer.ts';

function notFound(name: string): Error {
  return Object.assign(new Error(`Cannot find package '${name}' imported from /app/index.js`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
}

async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test('a peer that is installed is what the importer gives', async () => {
  expect(await importPeer('prom-client', async () => ({ Counter: 1 }))).toEqual({ Counter: 1 });
});

test('a peer that is missing says how to install it', async () => {
  const cause = notFound('prom-client');
  const error = await rejectionOf(importPeer('prom-client', () => Promise.reject(cause)));
  expect(HeadroomError.is(error)).toBe(true);
  expect(error).toMatchObject({
    code: 'missing-peer',
    message: 'Install prom-client: npm install prom-client.',
    cause,
  });
});

test.each([notFound('tdigest'), new SyntaxError('Unexpected token'), 'a string'])(
  'another failure to load a peer is passed on: %s',
  async (cause) => {
    expect(await rejectionOf(importPeer('prom-client', () => Promise.reject(cause)))).toBe(cause);
  },
);
