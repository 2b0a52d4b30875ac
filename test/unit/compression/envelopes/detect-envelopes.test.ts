import { describe, expect, test } from 'vitest';
import { detect } from '../../../../src/compression/detect.ts';
import { partNames, readPart } from '../../../../src/compression/read-part.ts';

const list = (count: number): unknown[] => Array.from({ length: count }, (_, index) => ({ id: index, state: 'open' }));
const pretty = JSON.stringify({ items: list(20) }, undefined, 2);
const log = Array.from({ length: 30 }, (_, index) => `2024-05-01T10:00:${10 + index} INFO request ${index} done`).join(
  '\n',
);
const csv = ['id,name,score', ...Array.from({ length: 30 }, (_, index) => `${index},user${index},${index * 3}`)].join(
  '\n',
);
const code = Array.from({ length: 30 }, (_, index) => `def handler_${index}(request):\n    return request.path`).join(
  '\n',
);

/** The parts of an envelope by their names, or the kind of what is none. */
function partsOf(text: string): Readonly<Record<string, string>> | string {
  const { kind } = detect(text);
  if (kind !== 'envelope') return kind;
  return Object.fromEntries(partNames(text).map((name) => [name, readPart(text, [name]) ?? '']));
}

describe('an output in JSON', () => {
  test.each([
    ['a shell', { stdout: log, stderr: '', exit_code: 1 }, { stdout: log }],
    ['a shell with two long streams', { stdout: csv, stderr: log, code: 0 }, { stdout: csv, stderr: log }],
    ['another spelling', { output: csv, metadata: { exitCode: 0 } }, { output: csv }],
    ['a fetched page', { url: 'https://x', status: 200, body: pretty }, { body: pretty }],
    [
      'a result of the Model Context Protocol',
      { content: [{ type: 'text', text: log }], isError: false },
      { text: log },
    ],
    [
      'blocks',
      {
        content: [
          { type: 'text', text: log },
          { type: 'text', text: csv },
        ],
      },
      { 'text-1': log, 'text-2': csv },
    ],
    ['a document in a string', pretty, { text: pretty }],
    ['a document in a string in a string', JSON.stringify(pretty), { text: JSON.stringify(pretty) }],
  ])('of %s is opened', (_what, value, parts) => {
    expect(partsOf(JSON.stringify(value))).toEqual(parts);
    expect(partsOf(JSON.stringify(value, undefined, 2))).toEqual(parts);
  });

  test('is opened in itself', () => {
    const shell = JSON.stringify({ stdout: log, exit_code: 1 });
    const text = JSON.stringify({ content: [{ type: 'text', text: shell }] });
    expect(readPart(text, ['text', 'stdout'])).toBe(log);
    expect(readPart(text, ['text', 'stderr'])).toBeUndefined();
    expect(readPart(text, [])).toBe(text);
  });

  test.each([
    ['whose strings are short', { stdout: 'ok\n', stderr: '', exit_code: 0 }],
    ['whose string is no text of lines', { image: 'iVBORw0KGgo'.repeat(100) }],
    ['that says as much beside its strings', { stdout: 'a\n'.repeat(200), rows: list(60) }],
    ['with a long string in each of many records', Array.from({ length: 30 }, () => ({ body: 'line\n'.repeat(60) }))],
    ['that holds what would stand for the string', { stdout: log, note: '<stdout>' }],
  ])('%s stays as it is', (_what, value) => {
    expect(partsOf(JSON.stringify(value))).toBe('json');
  });

  test('whose string is spelled now one way and now another stays as it is', () => {
    expect(partsOf(`{"stdout":"${'a\\/b/\\n'.repeat(100)}"}`)).toBe('json');
  });
});

describe('a text round others', () => {
  test.each([
    ['tags', `<stdout>\n${code}\n</stdout>\n<stderr></stderr>\n<exit_code>1</exit_code>`, [code]],
    ['tags of which the last is cut off', `<stdout>\n${code}`, [code]],
    [
      'documents in documents',
      `<documents>\n<document index="1">\n<source>a.py</source>\n<document_content>\n${code}\n</document_content>\n</document>\n</documents>`,
      [code],
    ],
    ['what is said of a command', `Exit code: 1\nWall time: 0.2 seconds\nOutput:\n${code}\n[exit 1]`, [code]],
    ['tags that end a line of theirs', `<bash-stdout>${code}</bash-stdout><bash-stderr></bash-stderr>`, [code]],
    ['labels', `Command: x\nDirectory: (root)\nOutput: ${code}\nError: (none)\nExit Code: 0`, [code]],
    ['what a runner of code says', `exitcode: 0 (execution succeeded)\nCode output:\n${code}`, [code]],
    ['heads of a response', `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n${pretty}`, [pretty]],
    ['a guard', `)]}'\n${pretty}`, [pretty]],
    ['a greeting', `Here are the results:\n\n${pretty}\n\nShowing 20 of 40.`, [pretty]],
    [
      'a label',
      `Search results for "x"\n\nLinks: ${JSON.stringify(list(30))}\n\nThat is all.`,
      [JSON.stringify(list(30))],
    ],
    ['fences', `It printed:\n\`\`\`json\n${pretty}\n\`\`\`\nDone.`, [pretty]],
    ['names that head and tail print', `==> a.py <==\n${code}\n\n==> b.csv <==\n${csv}\n`, [code, csv]],
    ['rules', `===== a =====\n${code}\n===== b =====\n${csv}`, [code, csv]],
    ['paths', `/src/a.py:\n${code}\n\n---\n/src/b.py:\n${code}\n`, [code, code]],
    ['documents in a row', `${pretty}\n${pretty}\n`, [pretty, pretty]],
  ])('is opened between %s', (_what, text, parts) => {
    expect(Object.values(partsOf(text))).toEqual(parts);
  });

  test.each([
    ['XML of the same names', `<result>\n${'  <file>a</file>\n'.repeat(40)}</result>`, 'xml'],
    ['a log with sections', `==== setup ====\n${log}\n==== run ====\n${log}`, 'log'],
    [
      'a document with a fence',
      `# Title\n\n${'Some words of a paragraph that goes on and on with more words.\n\n'.repeat(12)}## Use\n\n\`\`\`\na\n\`\`\`\n`,
      'markdown',
    ],
    ['a diff of JSON', `--- a/x.json\n+++ b/x.json\n@@ -1,2 +1,2 @@\n-{"a":1}\n+{"a":2}\n {"b":1}\n`, 'diff'],
  ])('is not %s', (_what, text, kind) => {
    expect(detect(text).kind).toBe(kind);
  });
});

describe('many documents in one text', () => {
  const values = list(20);
  const lines = values.map((value) => JSON.stringify(value));
  test.each([
    ['one on each line', lines.join('\n')],
    ['one on each line, with line ends of Windows', `${lines.join('\r\n')}\r\n`],
    ['some lines being words', ['Starting', '', ...lines].join('\n')],
    ['behind a name', lines.map((line) => `api-1  | ${line.replace('}', ',"b":1}')}`).join('\n')],
    [
      'behind a number',
      lines.map((line, index) => `${String(index).padStart(6)}\t${line.replace('}', ',"b":1}')}`).join('\n'),
    ],
    ['one after another', lines.join('')],
    ['on many lines each', values.map((value) => JSON.stringify(value, undefined, 2)).join('\n')],
    ['in arrays', [values, values].map((value) => JSON.stringify(value)).join('\n')],
    ['as events', lines.map((line) => `event: message\ndata: ${line}`).join('\n\n')],
  ])('are seen %s', (_what, text) => {
    expect(detect(text).kind).toBe('json-lines');
  });

  test.each([
    ['one document', pretty],
    [
      'a log with some JSON in it',
      Array.from(
        { length: 30 },
        (_, index) => `10:00:${10 + index} INFO a longer message than that {"id":${index}}`,
      ).join('\n'),
    ],
    ['hits in files of JSON', lines.map((line, index) => `src/a.json:${index + 1}:${line}`).join('\n')],
  ])('are not seen in %s', (_what, text) => {
    expect(detect(text).kind).not.toBe('json-lines');
  });
});

describe('opening', () => {
  const nested = (seed: string, wrap: (text: string) => string): string => {
    let text = seed;
    while (text.length < 200_000) text = wrap(text);
    return text;
  };

  test.each([
    ['strings in strings', nested('[1]', (text) => JSON.stringify(text))],
    ['outputs in outputs', nested('x', (text) => JSON.stringify({ stdout: `${text}\n\n\n`, code: 1 }))],
    ['brackets', '[\n'.repeat(20_000)],
    ['labels', 'a: [\n'.repeat(20_000)],
    ['tags that never end', '<stdout>\n'.repeat(20_000)],
    ['fences', `\`\`\`\`\n${'```\n'.repeat(20_000)}`],
    ['signs', `${'='.repeat(400)}\n`.repeat(2_000)],
    ['heads without bodies', 'HTTP/1.1 200 OK\nA: b\n\n'.repeat(20_000)],
    ['lines that break off', '{"a":1}\n{"b":\n'.repeat(20_000)],
    ['indentation that is none', `[\n        ${'['.repeat(150)}${'1,'.repeat(20_000)}1${']'.repeat(151)}`],
    ['ends that are faked', JSON.stringify({ stdout: '<stdout>:\n"<stdout>"\n'.repeat(20_000) })],
  ])('takes time in proportion to %s', (_what, text) => {
    const start = performance.now();
    detect(text);
    expect(performance.now() - start).toBeLessThan(2_500);
  });
});
