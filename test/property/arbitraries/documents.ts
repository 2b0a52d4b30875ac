import fc from 'fast-check';

const hostileWord = fc.constantFrom(
  '\0',
  '\ud800',
  '\u200b',
  '\u00a0',
  '__proto__',
  '<|endoftext|>',
  '&amp;',
  '&#x110000;',
  '&nope',
  '[...]',
  '```',
  '|---|',
  '# not a heading',
  'a'.repeat(500),
  '中文字',
);

const word = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      'order',
      'failed',
      'timeout',
      'release',
      'latency',
      'the',
      'a',
      'of',
      'Version',
      '2.4.1',
      '2024-05-01',
      '17',
      'see',
      'It',
    ),
  },
  { weight: 1, arbitrary: hostileWord },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12, size: 'max' }) },
);

const sentence = fc
  .array(word, { minLength: 1, maxLength: 18, size: 'max' })
  .map((words) => `${words.join(' ').replaceAll('\n', ' ')}.`);

const lineEnd = fc.constantFrom('\n', '\r\n');

const htmlPiece = fc.oneof(
  fc
    .tuple(fc.constantFrom('p', 'div', 'li', 'td', 'h1', 'h2', 'h5', 'dt', 'dd', 'pre', 'a', 'code'), sentence)
    .map(([name, text]) => `<${name}>${text}</${name}>`),
  sentence,
  fc.constantFrom(
    '<table>',
    '<tr>',
    '<td>',
    '<th>',
    '</table>',
    '<ul>',
    '</ul>',
    '<ol>',
    '<li>',
    '<nav class="menu">',
    '</nav>',
    '<main>',
    '</main>',
    '<script>if (a < b) "</p>"</script>',
    '<style>p{}',
    '</style>',
    '<!-- c',
    '-->',
    '<![CDATA[x]]>',
    '<a',
    '<a href="x',
    '<a href="/orders/17">order</a>',
    '<br><br>',
    '<br/>',
    '<hr>',
    '<img alt="A chart of all orders">',
    '<svg><path d="M0"/></svg>',
    '</div></div>',
    '<pre>\n  a\n    b\n</pre>',
    '<p style="display:none">',
    '<title>Orders</title>',
    '<select><option>1<option>2',
    '<blockquote>',
    '</',
    '<>',
    '< p>',
    '<p =">',
    '<dl><dt>id<dt>key<dd>',
    '<meta name=description content="About orders">',
  ),
);

/** Pages, whole and broken. */
export const htmlText = (maxPieces: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(
        '<!DOCTYPE html>\n<html>',
        '<html><body>',
        'HTTP/1.1 200 OK\n\n<html>',
        '<?xml version="1.0"?>\n<html>',
      ),
      fc.array(htmlPiece, { maxLength: maxPieces, size: 'max' }),
      lineEnd,
    )
    .map(([start, pieces, end]) => start + pieces.join(end));

const xmlName = fc.constantFrom('item', 'title', 'link', 'dependency', '__proto__', 'a:b', 'é');
const xmlValue = word.map((text) => text.replaceAll(/[<>&"]/g, ' '));

/** Documents that are well formed, some broken off. */
export const xmlText = (maxElements: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(fc.tuple(xmlName, xmlName, xmlValue, fc.integer({ min: 0, max: 3 })), {
        maxLength: maxElements,
        size: 'max',
      }),
      fc.boolean(),
      lineEnd,
    )
    .map(([elements, isWhole, end]) => {
      const body = elements.map(([name, field, value, form]) => {
        if (form === 0) return `  <${name} ${field}="${value}"/>`;
        if (form === 1) return `  <${name}>${value}</${name}>`;
        return `  <${name}><${field} k='${value}'>${value}</${field}><${field}/></${name}>`;
      });
      return ['<?xml version="1.0"?>', '<root>', ...body, ...(isWhole ? ['</root>', ''] : [])].join(end);
    });

const outcome = fc.constantFrom('passed', 'failed', 'skipped');

/** Reports of tests, with what each case should be told as. */
export const junitReport = (
  maxCases: number,
): fc.Arbitrary<{ readonly text: string; readonly failed: readonly string[] }> =>
  fc
    .array(fc.tuple(outcome, fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 1, max: 40 })), {
      minLength: 1,
      maxLength: maxCases,
      size: 'max',
    })
    .map((cases) => {
      const body = cases.map(([result, time, frames], index) => {
        const attributes = `classname="org.example.Suite${index % 5}" name="case${index}" time="${time / 1000}"`;
        if (result === 'passed') return `<testcase ${attributes}/>`;
        if (result === 'skipped') return `<testcase ${attributes}><skipped/></testcase>`;
        const stack = Array.from({ length: frames }, (_, frame) => `  at org.example.Step${frame}(Step.java:${frame})`);
        return `<testcase ${attributes}><failure message="expected ${index}">Error: no ${index}\n${stack.join('\n')}</failure></testcase>`;
      });
      const failed = cases.flatMap(([result], index) =>
        result === 'failed' ? [`org.example.Suite${index % 5}.case${index}`] : [],
      );
      return { text: `<testsuites><testsuite name="all">\n${body.join('\n')}\n</testsuite></testsuites>`, failed };
    });

const markdownLine = fc.oneof(
  { weight: 4, arbitrary: sentence },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('# ', '## ', '### ', '- ', '1. ', '> ', '    ', '| '), sentence)
      .map((parts) => parts.join('')),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '',
      '```',
      '~~~',
      '=====',
      '-----',
      '| a | b |',
      '|---|---|',
      '## 2.4.1 (2024-05-01)',
      'SEE ALSO',
      '3.1 Overview',
      '### Added',
      '* [link](https://example.com/a)',
      '[...]',
    ),
  },
);

/** Documents with headings and paragraphs, and lines that look like what stays in place of others. */
export const markdownText = (maxLines: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.array(markdownLine, { maxLength: maxLines, size: 'max' }), lineEnd)
    .map(([lines, end]) =>
      ['# Orders', '', 'How orders are taken, and what happens when one of them fails.', '', '## Use', ...lines].join(
        end,
      ),
    );

const configLine = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('', '  ', '    '),
      fc.constantFrom('name', 'version', 'orders', '__proto__', '"a b"'),
      xmlValue,
    )
    .map(([indent, key, value]) => `${indent}${key}: ${value.replaceAll('\n', ' ')}`),
  fc
    .tuple(fc.constantFrom('', '  '), fc.constantFrom('services', 'orders', 'env'))
    .map(([indent, key]) => `${indent}${key}:`),
  fc.constantFrom('# a comment', '', '  - name: order', '  - 17', '---', '"": x', '[...]'),
);

const tableLine = fc.oneof(
  fc.constantFrom('[[package]]', '[orders]', '[orders.retry]', '# a comment', '', ' "left-pad",', ']'),
  fc
    .tuple(fc.constantFrom('name', 'version', 'checksum'), xmlValue)
    .map(([key, value]) => `${key} = "${value.replaceAll('\n', ' ')}"`),
);

/** Settings in the manner of YAML and of TOML. */
export const configText = (maxLines: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(configLine, tableLine).chain((line) => fc.array(line, { maxLength: maxLines, size: 'max' })),
      lineEnd,
    )
    .map(([lines, end]) => lines.join(end));
