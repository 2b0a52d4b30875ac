import { describe, expect, it } from 'vitest';
import { resolveEscapes, respell } from '../../../../src/compression/json/escape-style.ts';

describe('resolveEscapes', () => {
  it('shows what Python escaped', () => {
    const source = String.raw`{"name":"Ren\u00e9 \ud83d\ude00"}`;
    const { text, style } = resolveEscapes(source);
    expect(text).toBe('{"name":"René 😀"}');
    expect(style).toEqual({ ascii: 'lower', slashes: false });
    expect(respell(text, style)).toBe(source);
  });

  it('shows the slashes that PHP escaped', () => {
    const source = String.raw`"https:\/\/example.com\/caf\u00E9 \\\/"`;
    const { text, style } = resolveEscapes(source);
    expect(text).toBe(String.raw`"https://example.com/café \\/"`);
    expect(style).toEqual({ ascii: 'upper', slashes: true });
    expect(respell(text, style)).toBe(source);
  });

  it('leaves escapes alone where the same text also writes the characters plainly', () => {
    const source = String.raw`["\u00e9","é","\/","/"]`;
    expect(resolveEscapes(source)).toEqual({ text: source, style: { ascii: undefined, slashes: false } });
  });

  it('keeps lone surrogates, control characters and invisible characters escaped', () => {
    const source = String.raw`"\u00e9\ud83d \ude00\u0000\u001b\u0085\u200b\u202e\ufeff"`;
    const { text, style } = resolveEscapes(source);
    expect(text).toBe(String.raw`"é\ud83d \ude00\u0000\u001b\u0085\u200b\u202e\ufeff"`);
    expect(respell(text, style)).toBe(source);
  });

  it('gives back a text in which both cases of hexadecimal digits occur', () => {
    const source = String.raw`"\u00e9\u00E9\u00FC\u4e2d"`;
    const { text, style } = resolveEscapes(source);
    expect(respell(text, style)).toBe(source);
  });
});
