import type { Encoded, EncodingForm } from '../strategy.ts';
import type { InnerForm } from './inner-text.ts';

/** An inner text in a row of them, and what stands before it. */
export interface Segment {
  readonly before: string;
  readonly text: string;
  readonly form: InnerForm;
  /** How the string was spelled that the text stood in, where it stood in one; else what the text has behind it more. */
  readonly spelling: string;
}

type SegmentForm = readonly [beforeChars: number, textChars: number, form: InnerForm, spelling: string];

/** The segments one after another, and a form that tells where each begins. */
export function writeSegments(segments: readonly Segment[], rest: string, form: EncodingForm): Encoded {
  const forms = segments.map(({ before, text, form, spelling }): SegmentForm => [
    before.length,
    text.length,
    form,
    spelling,
  ]);
  const text = segments.map(({ before, text }) => before + text).join('') + rest;
  return { text, form: { ...form, segments: JSON.stringify(forms) } };
}

/** The segments that `writeSegments` wrote, and what stands behind them. */
export function readSegments(
  text: string,
  form: EncodingForm | undefined,
): { readonly segments: readonly Segment[]; readonly rest: string } {
  const forms = JSON.parse(String(form?.['segments'])) as readonly SegmentForm[];
  let at = 0;
  const segments = forms.map(([beforeChars, textChars, form, spelling]) => {
    const start = at + beforeChars;
    const before = text.slice(at, start);
    at = start + textChars;
    return { before, text: text.slice(start, at), form, spelling };
  });
  return { segments, rest: text.slice(at) };
}
