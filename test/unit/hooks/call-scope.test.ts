import { describe, expect, it } from 'vitest';
import { isWithinCall, withinCallOf } from '../../../src/hooks/call-scope.ts';

const prompt = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: [{ type: 'text', text: 'Look.' }] },
  { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'a', toolName: 'look', input: {} }] },
  { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'a', output: { type: 'text', value: 'rows' } }] },
];

describe('A call within another', () => {
  it('is known by what its prompt says, whatever became of its objects', async () => {
    await withinCallOf(prompt, async () => {
      expect(isWithinCall(prompt)).toBe(true);
      expect(isWithinCall(structuredClone(prompt))).toBe(true);
      await Promise.resolve();
      expect(isWithinCall(structuredClone(prompt))).toBe(true);
    });
  });

  it('is another where it says something else', async () => {
    const others: unknown[] = [
      prompt.slice(0, 2),
      [...prompt, prompt[1]],
      [{ role: 'system', content: 'Be long.' }, ...prompt.slice(1)],
      [prompt[0], { role: 'user', content: [{ type: 'text', text: 'Listen.' }] }, ...prompt.slice(2)],
      [...prompt.slice(0, 3), { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'b' }] }],
      [null, undefined, 7, 'x'],
      undefined,
      'x',
    ];
    await withinCallOf(prompt, async () => expect(others.map(isWithinCall)).toEqual(others.map(() => false)));
    await withinCallOf([null], async () => expect([isWithinCall([null]), isWithinCall(prompt)]).toEqual([true, false]));
  });

  it('is none before, after, and in what a call that was answered left behind', async () => {
    expect(isWithinCall(prompt)).toBe(false);
    let later: (() => boolean) | undefined;
    await withinCallOf(prompt, async () => {
      const { AsyncResource } = await import('node:async_hooks');
      later = AsyncResource.bind(() => isWithinCall(prompt));
    });
    expect([later?.(), isWithinCall(prompt)]).toEqual([false, false]);
    await expect(withinCallOf(prompt, () => Promise.reject(new Error('It failed.')))).rejects.toThrow('It failed.');
  });
});
