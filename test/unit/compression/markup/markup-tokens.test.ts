import { describe, expect, test } from 'vitest';
import { attributesOf } from '../../../../src/compression/markup/attributes.ts';
import { decodeReferences } from '../../../../src/compression/markup/character-references.ts';
import { markupTokens } from '../../../../src/compression/markup/markup-tokens.ts';
import { xmlElements } from '../../../../src/compression/markup/xml-elements.ts';

const written = (source: string, language: 'html' | 'xml' = 'html'): string[] =>
  markupTokens(source, language).map(({ kind, name, start, end }) =>
    kind === 'text' ? source.slice(start, end) : `${kind} ${name}`,
  );

describe('markup', () => {
  test('is tags and text, without comments, doctypes and instructions', () => {
    expect(written('<!DOCTYPE html><?x y?><P>One <b>two</b><!-- <i> --> three</P>')).toEqual([
      'open p',
      'One ',
      'open b',
      'two',
      'close b',
      ' three',
      'close p',
    ]);
  });

  test('keeps an angle bracket that begins no tag as text', () => {
    expect(written('<p>1 < 2 <3 a<>b</p>')).toEqual(['open p', '1 < 2 <3 a<>b', 'close p']);
  });

  test('takes what a script holds for text up to its end tag', () => {
    expect(written('<script>if (a<b) "<p>" </scripts></SCRIPT>x')).toEqual([
      'open script',
      'if (a<b) "<p>" </scripts>',
      'close script',
      'x',
    ]);
  });

  test('looks for the end of a tag behind quoted values', () => {
    const source = `<a title="1 > 2" href='/a?b=c&amp;d' checked data-n=5 />x`;
    expect(written(source)).toEqual(['open a', 'x']);
    const [tag] = markupTokens(source, 'html');
    expect(tag === undefined ? undefined : [...attributesOf(source, tag)]).toEqual([
      ['title', '1 > 2'],
      ['href', '/a?b=c&d'],
      ['checked', ''],
      ['data-n', '5'],
    ]);
  });

  test('in XML has sections of text, a doctype with declarations, and names as they are written', () => {
    expect(written('<!DOCTYPE r [<!ENTITY a "b">]><R><![CDATA[<a> & b]]></R>', 'xml')).toEqual([
      'open R',
      '<a> & b',
      'close R',
    ]);
  });

  test('that ends in the middle of a tag is text from there', () => {
    expect(written('<p>one <a href="x')).toEqual(['open p', 'one <a href="x']);
  });
});

describe('character references', () => {
  test('are written out by name and by number', () => {
    expect(decodeReferences('a &lt;b&gt; &amp;amp; &#8364; &#x20AC; &mdash;&nbsp;')).toBe('a <b> &amp; € € —\u00a0');
  });

  test('that are unknown, unfinished or no character stay', () => {
    expect(decodeReferences('&nope; &amp &; & &#xd800; &#1114112; &#0; AT&T')).toBe(
      '&nope; &amp &; & &#xd800; &#1114112; &#0; AT&T',
    );
  });
});

describe('the elements of XML', () => {
  test('know their text, attributes, lines and the elements around them', () => {
    const elements = xmlElements('<?xml version="1.0"?>\n<a x="1">\n  one\n  <b>two</b>\n  <b/>\n</a>\n');
    expect(
      elements?.map(({ name, parent, depth, first, last, text }) => [name, parent, depth, first, last, text.trim()]),
    ).toEqual([
      ['a', -1, 0, 2, 6, 'one'],
      ['b', 0, 1, 4, 4, 'two'],
      ['b', 0, 1, 5, 5, ''],
    ]);
  });

  test('are none where an end tag fits nothing or text stands outside', () => {
    expect(xmlElements('<a><b></a></b>')).toBeUndefined();
    expect(xmlElements('see <a/>')).toBeUndefined();
    expect(xmlElements('')).toBeUndefined();
  });

  test('are read as far as a document goes that breaks off', () => {
    expect(xmlElements('<a><b>one</b><c>tw')?.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });
});
