import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../src/hooks/outcome-of.ts';
import { HeadroomStopError } from '../../../src/hooks/stop-error.ts';

describe('outcomeOf', () => {
  it.each([
    new DOMException('', 'AbortError'),
    AbortSignal.abort().reason,
    { name: 'TimeoutError' },
    new Error('', { cause: new Error('', { cause: { name: 'AbortError' } }) }),
    new HeadroomStopError('over budget'),
    // As the clients of OpenAI and Anthropic have them: errors named Error.
    new (class APIUserAbortError extends Error {})('Request was aborted.'),
    new (class APIConnectionTimeoutError extends Error {})('Request timed out.'),
  ])('is aborted for %s', (error) => {
    expect(outcomeOf(error)).toBe('aborted');
  });

  const ring: { cause?: unknown } = {};
  ring.cause = ring;
  it.each([
    new Error('AbortError'),
    undefined,
    null,
    'AbortError',
    ring,
    {
      get name(): string {
        throw new Error('no');
      },
    },
  ])('is an error for anything else, case %#', (error) => {
    expect(outcomeOf(error)).toBe('error');
  });
});
