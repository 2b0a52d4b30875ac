import fc from 'fast-check';

/** How a serializer spells a JSON text: compact, as Python does, with escapes that Go or PHP write, on many lines. */
const spelled = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc
    .tuple(
      value,
      fc.constantFrom(undefined, 2, 4, '\t'),
      fc.constantFrom('plain', 'ascii', 'html', 'slashes', 'spaced'),
    )
    .map(([value, indent, style]) => {
      const json = JSON.stringify(value, undefined, indent);
      if (style === 'ascii') return json.replaceAll(/[\u007f-\uffff]/g, escapeUnit);
      if (style === 'html') return json.replaceAll(/[<>&\u2028\u2029]/g, escapeUnit);
      if (style === 'slashes') return json.replaceAll('/', '\\/');
      return style === 'spaced' ? JSON.stringify(value, undefined, 1).replaceAll(/\n */g, ' ') : json;
    });

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** What ends, begins or counts parts in a text that is one. */
export const FAKE_ENDS = [
  '</stdout>',
  '<stdout>:',
  '"<stdout>"',
  '"<text>"',
  '"<text, as JSON>"',
  '```',
  '==> other <==',
  'Output:',
  '---',
  'data: {"a":1}',
  '[lines 1-2 of 3 left out. To read them call headroom_retrieve with id "000000000000000000000000#stdout" and lines "1-2".]',
];

const exitCode = fc.constantFrom(0, 1, 127, -1, null);

/** JSON in which a text stands as a string, the way shells and servers of tools return it. */
const inFields = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  spelled(
    fc.oneof(
      fc.record({ stdout: inner, stderr: fc.constantFrom('', 'warning: deprecated'), exit_code: exitCode }),
      fc.record({ output: inner, metadata: fc.record({ exitCode }) }),
      fc.record({ stdout: inner, stderr: inner, fake: fc.constantFrom(...FAKE_ENDS) }),
      fc.record({
        content: fc.array(fc.record({ type: fc.constant('text'), text: inner }), { minLength: 1, maxLength: 3 }),
        isError: fc.boolean(),
      }),
      inner.map((text) => ({ content: [{ type: 'text', text }], structuredContent: parsed(text) })),
      inner,
      inner.map((text) => JSON.stringify(text)),
    ),
  );

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return { text };
  }
}

/** Words before and behind a text. */
const inFrames = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    fc
      .tuple(inner, fc.constantFrom('stdout', 'output', 'result', 'document'))
      .map(([text, name]) => `<${name}>\n${text}\n</${name}>\n<exit_code>0</exit_code>\n`),
    inner.map((text) => `Exit code: 1\nWall time: 0.2 seconds\nOutput:\n${text}\n[exit 1]`),
    inner.map((text) => `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Id: 7\r\n\r\n${text}`),
    inner.map((text) => `---\ntitle: a\n---\n${text}`),
    inner.map((text) => `The command printed:\n\n\`\`\`json\n${text}\n\`\`\`\nDone.`),
    inner.map((text) => `)]}'\n${text}`),
    fc
      .tuple(inner, fc.double({ min: 0.3, max: 1, noNaN: true }), fc.constantFrom('', '\n... [cut]', ' ', ','))
      .map(([text, share, tail]) => text.slice(0, text.length * share) + tail),
    inner.map((text) => `Command: x\nDirectory: (root)\nOutput: ${text}\nExit Code: 0\n`),
    inner.map((text) => `<bash-stdout>${text}</bash-stdout><bash-stderr></bash-stderr>`),
    inner.map((text) => `Here are the results:\n\n${text}\n\nShowing 10 of 12.`),
    fc
      .tuple(fc.array(inner, { minLength: 2, maxLength: 4 }), fc.constantFrom('head', 'rules', 'server', 'shell'))
      .map(([texts, form]) => texts.map((text, index) => titled(text, index, form)).join('\n')),
  );

function titled(text: string, index: number, form: string): string {
  if (form === 'head') return `==> file${index}.txt <==\n${text}\n`;
  if (form === 'rules') return `===== part ${index} =====\n${text}`;
  if (form === 'server') return `/home/dev/file${index}.txt:\n${text}\n\n---`;
  return `$ cat file${index}.txt\n${text}`;
}

/** A text that carries one of these, in JSON, in words, or in both. */
export const enveloped = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> => {
  const faked = fc
    .tuple(inner, fc.constantFrom(...FAKE_ENDS), fc.integer({ min: 0, max: 9 }))
    .map(([text, fake, chance]) => (chance < 2 ? `${text.slice(0, text.length / 2)}\n${fake}\n${text}` : text));
  return fc.oneof(
    { weight: 4, arbitrary: inFields(faked) },
    { weight: 4, arbitrary: inFrames(faked) },
    { weight: 1, arbitrary: inFields(inFields(faked)) },
    { weight: 1, arbitrary: inFields(inFrames(faked)) },
    { weight: 1, arbitrary: inFrames(inFields(faked)) },
  );
};

const word = fc.constantFrom('ok', 'failed', 'timeout', 'é', '\u2028', '<a>', '/p/q', '');
const documentValue: fc.Arbitrary<unknown> = fc.record(
  {
    level: fc.constantFrom('info', 'info', 'warn', 'error'),
    ms: fc.integer({ min: 0, max: 500 }),
    message: fc.oneof(word, fc.string({ unit: 'binary', maxLength: 12 })),
    data: fc.oneof(fc.constant({}), fc.constant([]), fc.record({ id: fc.integer(), path: word })),
  },
  { requiredKeys: ['level'] },
);

type Write = (value: unknown) => string;
const WRITERS: readonly Write[] = [
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, undefined, 1).replaceAll(/\n */g, ' ').replaceAll('{ ', '{').replaceAll(' }', '}'),
];

const plainLine = fc.constantFrom('', 'plain words', '{broken', '"a string"', '17', '> node index.js', '{"a":1} tail');

/** Many JSON documents in one text, in each of the ways that tools write them. */
export const jsonLinesText = (maxRows: number): fc.Arbitrary<string> =>
  fc
    .record({
      values: fc.array(documentValue, { minLength: 1, maxLength: maxRows, size: 'max' }),
      plain: fc.array(fc.tuple(plainLine, fc.nat({ max: maxRows })), { maxLength: 3 }),
      write: fc.constantFrom(...WRITERS),
      shape: fc.constantFrom('lines', 'marked', 'pretty', 'joined', 'arrays', 'events'),
      lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
      endsWithLine: fc.boolean(),
    })
    .map(({ values, plain, write, shape, lineEnd, endsWithLine }) => {
      const end = endsWithLine ? lineEnd : '';
      if (shape === 'pretty') return values.map((value) => JSON.stringify(value, undefined, 2)).join(lineEnd) + end;
      if (shape === 'joined') return values.map(write).join('');
      if (shape === 'arrays') return [values, values.slice(1), []].map((each) => JSON.stringify(each)).join('\n') + end;
      if (shape === 'events') {
        const events = values.map((value, index) => `event: e${index % 3}${lineEnd}data: ${write(value)}`);
        return [...events, 'data: [DONE]'].join(lineEnd + lineEnd) + (endsWithLine ? lineEnd + lineEnd : '');
      }
      const lines = values.map((value, index) => (shape === 'marked' ? `api-${index % 3}  | ` : '') + write(value));
      for (const [line, at] of plain) lines.splice(Math.min(at, lines.length), 0, line);
      return lines.join(lineEnd) + end;
    });

/** Records of which strings under one key are documents. */
export const jsonInStringsText = (maxRows: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(fc.tuple(documentValue, fc.integer({ min: 0, max: 9 }), plainLine), { maxLength: maxRows, size: 'max' }),
      fc.constantFrom(...WRITERS),
      fc.constantFrom('', '\n'),
      fc.boolean(),
    )
    .chain(([rows, write, end, isBare]) => {
      const message = (value: unknown, chance: number, line: string): string =>
        chance === 0 ? line : write(value) + end;
      const values = rows.map(([value, chance, line], index) =>
        isBare ? message(value, chance, line) : { time: index, message: message(value, chance, line) },
      );
      return spelled(fc.constant(isBare ? values : { events: values, next: null }));
    });
