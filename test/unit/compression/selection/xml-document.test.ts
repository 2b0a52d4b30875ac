import { describe, expect, test } from 'vitest';
import { detect } from '../../../../src/compression/detect.ts';
import { xmlDocument } from '../../../../src/compression/selection/xml-document.ts';

function select(text: string, query = '', budgetTokens = 200): string {
  const content = detect(text);
  if (content.kind !== 'xml') throw new Error('this is no XML');
  const request = { query, budgetTokens, count: (part: string): number => part.length / 4, retrievalId: 'abc123' };
  return xmlDocument.select(content, request)?.text ?? '';
}

const passed = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, index) => `<testcase classname="shop.OrderTest" name="takes${index}" time="0.00${index % 9}"/>`,
  );

describe('a report of tests', () => {
  test('is its totals, its failures with the ends of their stacks, its slowest and its skipped cases', () => {
    const stack = Array.from({ length: 30 }, (_, index) => `  at org.runner.Step${index}.run(Step.java:${index})`);
    stack[20] = '  at shop.PayTest.pays(PayTest.java:41)';
    const text = select(
      [
        '<?xml version="1.0"?>',
        '<testsuites tests="54" failures="1" time="9.5">',
        '<testsuite name="shop.PayTest" tests="54" failures="1" time="9.5">',
        '<testcase classname="shop.PayTest" name="pays" time="8.25"><failure type="AssertionError" message="expected 3">',
        ...stack,
        '</failure></testcase>',
        '<testcase classname="shop.PayTest" name="refunds"><skipped/></testcase>',
        ...passed(52),
        '</testsuite></testsuites>',
      ].join('\n'),
    );
    expect(text).toContain('<testsuites> tests 54, failures 1, time 9.5');
    expect(text).toContain('54 cases: 52 passed, 1 failed, 1 skipped.');
    expect(text).toContain(
      '- shop.PayTest.pays (8.25, line 4): AssertionError: expected 3\n  at org.runner.Step0.run(Step.java:0)',
    );
    expect(text).toContain('\n  at shop.PayTest.pays(PayTest.java:41)\n');
    expect(text).toContain('\n  at org.runner.Step29.run(Step.java:29)\n');
    expect(text).not.toContain('Step10');
    expect(text).toContain('Skipped (1):\n- shop.PayTest.refunds');
  });

  test('names the case that is asked for before those that only resemble it', () => {
    const text = select(
      `<testsuites><testsuite name="all">${passed(90).join('\n')}</testsuite></testsuites>`,
      'How long did takes57 take?',
    );
    expect(text).toContain('Nearest to the question:\n- shop.OrderTest.takes57 (0.003, line 58)');
  });

  test('of NUnit has its messages from elements', () => {
    const text = select(
      '<test-run result="Failed" duration="0.2"><test-suite type="Assembly" name="Shop.dll" result="Failed"><test-case fullname="Shop.Pay" result="Failed" duration="0.1"><failure><message><![CDATA[Division by zero.]]></message><stack-trace><![CDATA[at Shop.Pay() in Pay.cs:line 9]]></stack-trace></failure></test-case></test-suite></test-run>',
    );
    expect(text).toContain('- Shop.Pay (0.1, line 1)\n  Division by zero.\n  at Shop.Pay() in Pay.cs:line 9');
  });
});

describe('any other XML', () => {
  const feed = [
    '<rss version="2.0"><channel><title>Shop news</title>',
    ...Array.from(
      { length: 60 },
      (_, index) =>
        `<item>\n  <title>News ${index}</title>\n  <link>https://example.com/${index}</link>\n  <description>Text of number ${index}, which goes on.</description>\n</item>`,
    ),
    '</channel></rss>',
  ].join('\n');

  test('is its structure, with counts, and the records that the query asks for', () => {
    const text = select(feed, 'What does News 41 link to?');
    expect(text).toMatch(/^\[Parts of an XML document of 302 lines: title 61, item 60, link 60, description 60/);
    expect(text).toContain(
      '- item; title: News 41; link: https://example.com/41; description: Text of number 41, which goes on.',
    );
    expect(text).not.toContain('News 33');
  });

  test('is no HTML, and HTML is no XML', () => {
    expect(detect(feed).kind).toBe('xml');
    expect(
      detect(
        '<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"><body><p>One</p></body></html>',
      ).kind,
    ).toBe('html');
    expect(detect('<svg xmlns="http://www.w3.org/2000/svg"><g><path d="M0 0"/></g></svg>').kind).toBe('xml');
  });
});
