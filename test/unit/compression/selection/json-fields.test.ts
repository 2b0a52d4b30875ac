import { describe, expect, test } from 'vitest';
import { detect } from '../../../../src/compression/detect.ts';
import { jsonFields } from '../../../../src/compression/selection/json-fields.ts';
import { loadTokenCounter } from '../../../../src/tokens/count-tokens.ts';
import {
  base64,
  coverageFinal,
  elasticsearchAnswer,
  har,
  hex,
  nodeList,
  npmDocument,
  openApi,
  podList,
  prometheusRange,
  pullRequestEvent,
  terraformPlan,
} from './json-documents.ts';

const count = await loadTokenCounter('o200k');

function selectFrom(document: unknown, { query = 'What is in this?', budgetTokens = 900 } = {}) {
  const source = typeof document === 'string' ? document : JSON.stringify(document);
  const detected = detect(source);
  const content = detected.kind === 'envelope' ? detected.whole : detected;
  if (content.kind !== 'json') throw new Error('No JSON.');
  const selected = jsonFields.select(content, { query, budgetTokens, count, retrievalId: 'abc123' });
  return { source, selected, text: selected?.text ?? '' };
}

describe('documents of many kinds', () => {
  test.each([
    [
      'pods',
      podList(24),
      [
        'checkout-34da695a89-9e0f3',
        '"phase":"Pending"',
        'ImagePullBackOff',
        'Back-off pulling image',
        'OOMKilled',
        '"exitCode":137',
      ],
    ],
    [
      'nodes',
      nodeList(12),
      ['node-11', '"type":"MemoryPressure","status":"True"', 'kubelet has insufficient memory available'],
    ],
    ['a HAR dump', har(40), ['"status":502', 'Bad Gateway', 'upstream prematurely closed connection']],
    ['an OpenAPI document', openApi(60), ['3.1.0', '/things-0/{id}', '/things-59/{id}', 'Reads thing 0']],
    [
      'a document of the npm registry',
      npmDocument(60),
      ['"latest":"1.59.0"', '"1.0.0"', 'Leaks memory, use 1.4.0 or later'],
    ],
    ['a Terraform plan', terraformPlan(40), ['aws_security_group.group[6]', '["delete","create"]']],
    ['an answer of Prometheus', prometheusRange(12, 240), ['10.0.0.11:9090', '"987.5"']],
    [
      'an answer of Elasticsearch',
      elasticsearchAnswer(24),
      ['"failed":1', 'No mapping found for [@timestamp] in order to sort on', 'Article 0 about shelves'],
    ],
    [
      'a webhook',
      pullRequestEvent(),
      ['"action":"closed"', '"number":42', 'Charge a card once', '"merged":true', '<same as pull_request.head.repo>'],
    ],
    ['a coverage report', coverageFinal(30), ['/srv/app/src/module-0.ts', '/srv/app/src/module-29.ts']],
  ])('%s become about a fifth or less, and what names, fails or stands out stays', (_kind, document, needles) => {
    const { source, text } = selectFrom(document);
    expect(count(text)).toBeLessThan(count(source) * 0.22);
    for (const needle of needles) expect(text).toContain(needle);
  });
});

describe('rows that are documents', () => {
  const { text } = selectFrom(podList(24));

  test('a failing row keeps what failed, and not all that it has', () => {
    const failing = text.split('\n').find((line) => line.includes('ImagePullBackOff')) ?? '';
    expect(failing).toContain('"type":"Ready","status":"False"');
    expect(failing).not.toContain('kube-api-access');
    expect(count(failing)).toBeLessThan(250);
  });

  test('what is left out is named once for all rows, and marked where it stood', () => {
    const head = text.split('\n').find((line) => line.startsWith('"items":[<24 items')) ?? '';
    for (const name of ['spec', 'annotations', 'ownerReferences', 'managedFields']) expect(head).toContain(name);
    expect(text).toContain('<...>');
    expect(text.split('managedFields').length).toBe(2);
  });

  test('what all rows say is said once', () => {
    expect(text).toContain('kind="Pod"');
    expect(text.split('"Pod"').length).toBe(2);
  });

  test('rows that are left out are counted where they stood, with what is true of them', () => {
    const { text: ofMany } = selectFrom(podList(200));
    expect(ofMany).toMatch(
      /<\[\d+\] to \[\d+\] left out; of all \d+ left out: .*metadata\.namespace (?:shop|payments) \d+/,
    );
  });

  test('a failure that many rows share is told twice and counted', () => {
    const items = Array.from({ length: 400 }, (_item, index) => ({
      id: index,
      spec: { a: { b: { c: index } }, d: { e: {} }, f: { g: {} } },
      status: 'failed',
      reason: 'Timeout',
    }));
    expect(selectFrom({ items }).text).toMatch(/\d+ more like items\[0\], the last items\[398\]/);
  });
});

describe('questions', () => {
  test('what a question names is shown in the row that it is about', () => {
    const { text } = selectFrom(podList(200), { query: 'What is the pod IP of the checkout pod on 10.1.137.7?' });
    expect(text).toContain('"podIP":"10.1.137.7"');
  });

  test('a path of keys that a question names is shown in all rows', () => {
    const { text } = selectFrom(nodeList(12), { query: 'How much memory capacity does node-7 have?' });
    expect(text).toContain('16000007Ki');
  });

  test('the last row is shown where the question asks for the last', () => {
    const comments = Array.from({ length: 60 }, (_item, index) => ({
      id: index,
      user: { login: `user${index % 7}`, avatar_url: hex(40, index) },
      reactions: { up: 0, down: 0 },
      body: `Comment ${index}: ${'words and more words. '.repeat(40)} ${hex(8, index)}`,
    }));
    const { text } = selectFrom(comments, { query: 'What does the last comment say?' });
    expect(text).toContain('Comment 59: words and more words.');
  });

  test('an entry of a map is found by its key', () => {
    const { text } = selectFrom(npmDocument(200), { query: 'What is the shasum of version 1.117.0?' });
    expect(text).toContain(hex(40, 117));
  });
});

describe('long values', () => {
  const others = Object.fromEntries(
    Array.from({ length: 12 }, (_item, index) => [`setting${index}`, { first: index, second: hex(20, index) }]),
  );

  test.each([
    ['base64', base64(9_000, 3), 'base64'],
    ['a hexadecimal dump', hex(4_000, 3), 'hexadecimal'],
    ['a data URI', `data:image/png;base64,${base64(5_000, 4)}`, 'base64'],
    [
      'a token',
      `eyJhbGciOiJIUzI1NiJ9.${base64(400, 1).replaceAll(/[+/]/g, 'x')}.${base64(43, 2).replaceAll(/[+/]/g, 'x')}`,
      'JWT',
    ],
    ['a certificate', `-----BEGIN CERTIFICATE-----\n${base64(1_600, 6)}\n-----END CERTIFICATE-----`, 'PEM'],
  ])('%s keeps its beginning and says what it is', (_kind, value, encoding) => {
    const { text } = selectFrom({ name: 'thing', payload: value, ...others });
    const match = /"payload":("(?:[^"\\]|\\.)*")<([\d,]+) more characters of (\S+)>/.exec(text);
    const head = JSON.parse(match?.[1] ?? '""') as string;
    expect(value.startsWith(head)).toBe(true);
    expect(head.length).toBeGreaterThan(10);
    expect(match?.[3]).toBe(encoding);
    expect(head.length + Number(match?.[2]?.replaceAll(',', ''))).toBe(value.length);
  });

  test('digests and ids are shown whole', () => {
    const { text } = selectFrom({ name: 'thing', digest: `sha256:${hex(64, 9)}`, ...others }, { budgetTokens: 240 });
    expect(text).toContain(hex(64, 9));
  });

  test('a traceback keeps its first and last lines and the error in the middle', () => {
    const frames = (name: string) =>
      Array.from({ length: 40 }, (_item, index) => `  File "${name}${index}.py", line ${index}, in run`);
    const stderr = [
      'Traceback (most recent call last):',
      ...frames('before'),
      'ConnectionRefusedError: [Errno 111] Connection refused',
      ...frames('after'),
      'SystemExit: 3',
    ].join('\n');
    const { text } = selectFrom({ exitCode: 1, stderr, stdout: 'fine\n'.repeat(400), ...others });
    expect(text).toContain('Traceback (most recent call last):');
    expect(text).toContain('ConnectionRefusedError: [Errno 111] Connection refused');
    expect(text).toContain('SystemExit: 3');
    expect(text).toMatch(/<\d+ lines left out>/);
  });

  test('numbers become the first, the last, the extremes and what is true of the others', () => {
    const embedding = Array.from({ length: 1_536 }, (_item, index) => (index === 700 ? 9.75 : Math.sin(index)));
    const { text } = selectFrom({ name: 'thing', readings: embedding, ...others });
    expect(text).toContain('9.75');
    expect(text).toMatch(/"readings":\[0,.*<\d+ more: -0\.99\d* to 0\.99\d*, mean -?0\.0\d*>/);
  });

  test('a list of texts keeps those that were asked for', () => {
    const tags = Array.from({ length: 60 }, (_item, index) => `feature-${hex(6, index)}`);
    const { text } = selectFrom(
      { name: 'thing', tags, ...others, log: 'A line that says nothing.\n'.repeat(90) },
      { query: `Is feature-${hex(6, 33)} on?`, budgetTokens: 300 },
    );
    expect(text).toContain(`feature-${hex(6, 33)}`);
    expect(text).toMatch(/<\d+ more>/);
  });
});

describe('what a reader must be able to trust', () => {
  test('an object or a list that is left out is never shown as empty', () => {
    const { text } = selectFrom(podList(200));
    expect(text).not.toContain('"volumes":[]');
    expect(text).not.toContain('"managedFields":[]');
    expect(text).not.toContain('"conditions":[]');
    expect(text).not.toContain('"spec":{}');
  });

  test('text in the document that looks like a sign stays within quotes', () => {
    const note = '<left out: password> <same as spec> [9 of 9 values left out.]';
    const { text } = selectFrom({ note, ...(podList(24) as object) });
    expect(text).toContain(JSON.stringify(note));
  });

  test('numbers and strings keep their spelling', () => {
    const rest = JSON.stringify(podList(24)).slice(1);
    const { text } = selectFrom(`{"id":123456789012345678901234567890,"price":1.10,"price":1.20,"zero":-0,${rest}`);
    expect(text).toContain('"id":123456789012345678901234567890,"price":1.10,"price":1.20,"zero":-0');
  });

  test('keys are shown in the order of the source, those that look like indexes too', () => {
    const { text } = selectFrom(`{"2":"b","1":"a","__proto__":"polluted",${JSON.stringify(podList(24)).slice(1)}`);
    expect(text).toContain('{"2":"b","1":"a","__proto__":"polluted"');
  });

  test('the notice counts the values that are not shown in full', () => {
    const { selected, text } = selectFrom(
      { a: { b: 'x'.repeat(5_000) }, c: Array.from({ length: 40 }, (_item, index) => index) },
      { budgetTokens: 120 },
    );
    const missing = selected?.leftOut.reduce((sum, { first, last }) => sum + last - first + 1, 0);
    expect(selected?.total).toBe(41);
    expect(text).toMatch(new RegExp(String.raw`^\[${missing} of 41 values left out`));
  });

  test('a list of flat records is left to the selection of rows', () => {
    const rows = Array.from({ length: 200 }, (_item, index) => ({ id: index, name: `n${index}`, state: 'ok' }));
    expect(selectFrom(rows).selected).toBeUndefined();
    expect(selectFrom({ total: 200, rows }).selected).toBeUndefined();
  });

  test('a document that fits is left as it is', () => {
    expect(selectFrom({ a: 1, b: { c: 2 } }).selected).toBeUndefined();
  });
});
