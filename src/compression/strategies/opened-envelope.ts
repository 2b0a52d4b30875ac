import type { EnvelopeContent } from '../content.ts';
import { closeFields } from '../envelopes/open-fields.ts';
import { decodeInner, encodeInner, type InnerText } from '../envelopes/inner-text.ts';
import { readSegments, type Segment, writeSegments } from '../envelopes/segments.ts';
import { cutMark, nameInTitle, titleOf } from '../envelopes/part-title.ts';
import type { Encoded, EncodeManner, EncodingForm, Strategy } from '../strategy.ts';

/**
 * A text that carries others with each of these in its own best form: where it stands, or, if it was a string of a JSON
 * document, under its name behind the document. Exact, up to the white space of an outer JSON document.
 */
export function openedEnvelope(inner: readonly Strategy[]): Strategy<'envelope'> {
  const outer = outerStrategies(inner);
  return {
    name: 'opened-envelope',
    kinds: ['envelope'],
    encode(content: EnvelopeContent, manner: EncodeManner = { keepsValuesWhole: false }): Encoded | undefined {
      return encode(content, {
        // What names the parts is looked for word by word.
        encodeOuter: (text) => encodeInner(text, outer, { ...manner, keepsValuesWhole: true }),
        encodePart: (text) => encodeInner(text, inner, manner),
      });
    },
    decode(text: string, form: EncodingForm | undefined): string {
      return decode(text, form, inner);
    },
  };
}

/** What stands round the parts stays a document: a table of one row would hide where they belong. */
export function outerStrategies(strategies: readonly Strategy[]): readonly Strategy[] {
  const known = OUTER_STRATEGIES.get(strategies);
  if (known !== undefined) return known;
  const outer = strategies.filter(({ name }) => OUTER_FORMS.has(name));
  OUTER_STRATEGIES.set(strategies, outer);
  return outer;
}

const OUTER_STRATEGIES = new WeakMap<readonly Strategy[], readonly Strategy[]>();

const OUTER_FORMS: ReadonlySet<string> = new Set(['minified-json', 'records-table']);

interface Encoders {
  readonly encodeOuter: (text: string) => InnerText;
  readonly encodePart: (text: string) => InnerText;
}

function encode({ text, envelope }: EnvelopeContent, { encodeOuter, encodePart }: Encoders): Encoded | undefined {
  if (envelope.frame === 'strings') return undefined;
  const segments: Segment[] = [];
  if (envelope.frame === 'fields') {
    segments.push({ before: '', ...encodeOuter(envelope.outer), spelling: '' });
    for (const { name, text, spelling } of envelope.parts) {
      segments.push({ before: titleOf(name), ...encodePart(text), spelling });
    }
    return writeSegments(segments, '', { frame: 'fields' });
  }
  let at = 0;
  for (const part of envelope.parts) {
    const { text: encoded, form } = encodePart(part.text);
    const spelled = encoded + cutMark(part.closing);
    segments.push({ before: text.slice(at, part.start), text: spelled, form, spelling: part.closing });
    at = part.end;
  }
  return writeSegments(segments, text.slice(at), { frame: 'text' });
}

function decode(text: string, form: EncodingForm | undefined, inner: readonly Strategy[]): string {
  const { segments, rest } = readSegments(text, form);
  if (form?.['frame'] !== 'fields') {
    const pieces = segments.map(({ before, text, form, spelling: closing }) => {
      const part = decodeInner(withoutEnd(text, cutMark(closing)), form, inner);
      return before + withoutEnd(part, closing);
    });
    return pieces.join('') + rest;
  }
  const [outer, ...parts] = segments.map((segment) => ({
    ...segment,
    text: decodeInner(segment.text, segment.form, inner),
  }));
  return closeFields(
    outer?.text ?? '',
    parts.map(({ before, text, spelling }) => ({ name: nameInTitle(before), text, spelling })),
  );
}

function withoutEnd(text: string, end: string): string {
  if (!text.endsWith(end)) throw new SyntaxError('A document does not end as it was closed.');
  return text.slice(0, text.length - end.length);
}
