import fc from 'fast-check';
import { hostileText, toolOutput } from '../arbitraries/tool-output.ts';

/** One way to damage a text, at places that are parts of its length. */
type Damage = (text: string) => string;

const part = fc.double({ min: 0, max: 1, noNaN: true });
const span = fc.tuple(part, part);

const placesIn = (text: string, [one, other]: readonly [number, number]): readonly [number, number] => {
  const first = Math.floor(Math.min(one, other) * text.length);
  return [first, Math.floor(Math.max(one, other) * text.length)];
};

const MARKS = ['"', "'", '[', ']', '{', '}', '<', '>', '(', ')', '|', ',', ':', '\\', '`', '\t', '\n', '\r\n'];
const CONTROLS = [
  '\0',
  '\r',
  '\u001b[31m',
  '\u001b[',
  '\u007f',
  '\u0085',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\ud800',
  '\udc00',
];

const cut = span.map((places): Damage => (text) => {
  const [first, last] = placesIn(text, places);
  return text.slice(0, first) + text.slice(last);
});
const keepMiddle = span.map(
  (places): Damage =>
    (text) =>
      text.slice(...placesIn(text, places)),
);
const repeat = fc.tuple(span, fc.integer({ min: 2, max: 12 })).map(([places, times]): Damage => (text) => {
  const [first, last] = placesIn(text, places);
  return text.slice(0, first) + text.slice(first, last).repeat(text.length > 20_000 ? 1 : times) + text.slice(last);
});
const swap = fc.tuple(span, part).map(([places, at]): Damage => (text) => {
  const [first, last] = placesIn(text, places);
  const rest = text.slice(0, first) + text.slice(last);
  const place = Math.floor(at * rest.length);
  return rest.slice(0, place) + text.slice(first, last) + rest.slice(place);
});
const splice = fc.tuple(part, toolOutput(15)).map(([at, other]): Damage => (text) => {
  const place = Math.floor(at * text.length);
  return text.slice(0, place) + other + text.slice(place);
});
const interleave = toolOutput(15).map((other): Damage => (text) => {
  const lines = other.split('\n');
  return text
    .split('\n')
    .flatMap((line, index) => (index < lines.length ? [line, lines[index] ?? ''] : [line]))
    .join('\n');
});
const replaceMarks = fc
  .tuple(fc.constantFrom(...MARKS), fc.constantFrom('', ...MARKS), fc.integer({ min: 1, max: 9 }))
  .map(([mark, other, nth]): Damage => (text) => {
    let seen = 0;
    return text.replaceAll(mark, () => (++seen % nth === 0 ? other : mark));
  });
const insert = fc
  .tuple(
    fc.array(part, { minLength: 1, maxLength: 8 }),
    fc.oneof(fc.constantFrom(...MARKS, ...CONTROLS), hostileText(3)),
  )
  .map(
    ([places, mark]): Damage =>
      (text) =>
        places.reduce((damaged, at) => {
          const place = Math.floor(at * damaged.length);
          return damaged.slice(0, place) + mark + damaged.slice(place);
        }, text),
  );
const wrap = fc.constantFrom<Damage>(
  (text) => JSON.stringify({ output: text }),
  (text) => JSON.stringify([text, text]),
  (text) => `<result>${text}</result>`,
  (text) => `\`\`\`\n${text}\n\`\`\``,
  (text) => text.split('\n').join('\r\n'),
  (text) => text.split('\n').join('\r'),
  (text) => text.toUpperCase(),
);

/** What tools print, cut, repeated, mixed and broken, so that half of it still looks like what it was. */
export const damagedOutput = (size = 40): fc.Arbitrary<string> =>
  fc
    .tuple(
      toolOutput(size),
      fc.array(fc.oneof(cut, keepMiddle, repeat, swap, splice, interleave, replaceMarks, insert, wrap), {
        minLength: 1,
        maxLength: 5,
      }),
    )
    .map(([text, damages]) => damages.reduce((damaged, damage) => damage(damaged), text));

/** Bytes that are no text, read as if they were. */
export const bytesAsText = (maxBytes = 4_000): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.uint8Array({ maxLength: maxBytes, size: 'max' }),
      fc.constantFrom('latin1' as const, 'utf8' as const, 'utf16le' as const),
    )
    .map(([bytes, encoding]) => Buffer.from(bytes).toString(encoding));
