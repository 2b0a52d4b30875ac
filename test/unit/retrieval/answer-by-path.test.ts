import { describe, expect, test } from 'vitest';
import { answerRetrieval, type RetrievalRequest } from '../../../src/retrieval/answer-retrieval.ts';

const document = {
  kind: 'List',
  items: Array.from({ length: 12 }, (_item, index) => ({
    metadata: { name: `pod-${index}`, labels: { 'app.kubernetes.io/name': 'shop', '*': 'star' } },
    spec: { note: 'x'.repeat(2_000) },
    status: {
      podIP: `10.0.0.${index}`,
      conditions: [{ type: 'Ready', status: index === 3 ? 'False' : 'True' }],
      log: 'first line\nsecond line\nthird line',
    },
  })),
  count: 12,
};

async function ask(
  wish: Omit<RetrievalRequest, 'id'>,
  { text = JSON.stringify(document), maxCharacters = 5_000 } = {},
) {
  const store = {
    put: async () => {},
    get: async () => ({ status: 'found', text }) as const,
    delete: async () => {},
  };
  const answer = await answerRetrieval({ id: 'abc', ...wish }, { store, scope: 'default', maxCharacters });
  expect(answer.outcome).toBe('found');
  return answer.text;
}

describe('a path', () => {
  test.each([
    'items[3].status.conditions',
    '$.items[3].status.conditions',
    '.items[3].status.conditions',
    'items.3.status.conditions',
    '["items"][3]["status"].conditions',
    "items[3]['status']['conditions']",
    '/items/3/status/conditions',
  ])('as models write it, %s, leads to what stands there, as it is spelled', async (path) => {
    expect(await ask({ path })).toBe('[items[3].status.conditions]\n[{"type":"Ready","status":"False"}]');
  });

  test('with keys that have dots in them, in brackets or not', async () => {
    const answer = '[items[0].metadata.labels["app.kubernetes.io/name"]]\n"shop"';
    expect(await ask({ path: 'items[0].metadata.labels["app.kubernetes.io/name"]' })).toBe(answer);
    expect(await ask({ path: 'items[0].metadata.labels.app.kubernetes.io/name' })).toBe(answer);
    expect(await ask({ path: '/items/0/metadata/labels/app.kubernetes.io~1name' })).toBe(answer);
  });

  test.each(['items[*].metadata.name', 'items[].metadata.name', 'items.*.metadata.name'])(
    'for all items, %s, gives each with its path',
    async (path) => {
      const lines = (await ask({ path })).split('\n');
      expect(lines).toHaveLength(13);
      expect(lines[4]).toBe('items[3].metadata.name: "pod-3"');
    },
  );

  test('a star in quotes is a key', async () => {
    expect(await ask({ path: 'items[0].metadata.labels["*"]' })).toContain('"star"');
  });

  test('keeps numbers and keys that come twice as they are', async () => {
    const text = '{"a":{"id":123456789012345678901234567890,"price":1.10,"price":1.20}}';
    expect(await ask({ path: 'a.id' }, { text })).toContain('123456789012345678901234567890');
    expect(await ask({ path: 'a.price' }, { text })).toBe(
      '[2 values, each with its path.]\na.price: 1.10\na.price: 1.20',
    );
  });

  test('to nothing is told what there is, from where it still led to something', async () => {
    expect(await ask({ path: 'items[3].status.phase' })).toBe(
      '[Nothing is at path "items[3].status.phase". "items[3].status" has these keys, with the characters of what they hold: podIP (10), conditions (35), log (37).]',
    );
    expect(await ask({ path: 'items[99]' })).toContain('"items" is a list of 12, from "items[0]" to "items[11]".');
    expect(await ask({ path: 'count.value' })).toContain('"count" has nothing in it');
  });

  test('to something too long gives a part of it, and its keys', async () => {
    const answer = await ask({ path: 'items' });
    expect(answer).toContain('"items" is a list of 12');
    expect(answer).toContain('[rows 1-2 of 12]');
    expect(answer).toContain('ask with rows "3-12"');
    expect(await ask({ path: 'items', rows: '12' })).toContain('pod-11');
  });

  test('to a text takes lines of that text', async () => {
    expect(await ask({ path: 'items[2].status.log', lines: '2' })).toContain('[lines 2 of 3]\nsecond line');
  });

  test('of a text that is no JSON is told so', async () => {
    expect(await ask({ path: 'a.b' }, { text: 'one\ntwo' })).toBe(
      '[This text is no JSON document, so it has no paths.]\none\ntwo',
    );
  });

  test('hostile paths get an answer', async () => {
    for (const path of [
      '[',
      ']',
      '[[[[',
      '["',
      '..',
      '$',
      '*',
      '[*]',
      'a'.repeat(100_000),
      '[0]'.repeat(100_000),
      '/'.repeat(10_000),
    ]) {
      expect(await ask({ path })).not.toBe('');
    }
  });
});

describe('a query in a document of long rows', () => {
  test('finds values with their paths', async () => {
    expect(await ask({ query: '10.0.0.7' })).toBe(
      '[1 value holds every word, each with its path.]\nitems[7].status.podIP: "10.0.0.7"',
    );
    expect(await ask({ query: 'items[3] status False' })).toContain('items[3].status.conditions[0].status: "False"');
  });

  test('finds, for words that stand in different values of a row, those of that row', async () => {
    const answer = await ask({ query: 'pod-5 podIP' });
    expect(answer).toContain('[2 values hold some of the words, in a row that holds every word, each with its path.]');
    expect(answer).toContain('items[5].status.podIP: "10.0.0.5"');
    expect(answer).not.toContain('items[4]');
  });

  test('looks below a path alone', async () => {
    expect(await ask({ path: 'items[1]', query: 'ready' })).toBe(
      '[1 value holds every word, each with its path.]\nitems[1].status.conditions[0].type: "Ready"',
    );
  });

  test('says what there is when nothing is found', async () => {
    expect(await ask({ query: 'absent' })).toContain(
      'None of the words is in the values here. The document has these keys',
    );
  });
});

test('nesting of a hundred thousand levels is searched and followed', async () => {
  const text = `${'{"a":['.repeat(50_000)}"needle"${']}'.repeat(50_000)}`;
  expect(await ask({ query: 'needle' }, { text })).toContain('"needle"');
  expect(await ask({ path: 'a[0].a[0]', query: 'needle' }, { text })).toContain('"needle"');
});
