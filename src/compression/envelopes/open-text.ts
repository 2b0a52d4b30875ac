import type { ContentKind } from '../content.ts';
import { placeDocuments } from '../json-lines/read-documents.ts';
import type { TextEnvelope } from './envelope.ts';
import { findCutJson } from './cut-json.ts';
import { findBody, findOutputs } from './headed-part.ts';
import { findJsonBodies } from './json-bodies.ts';
import type { TextSpan } from './text-span.ts';
import { findTitled } from './titled-parts.ts';
import { findFenced, findTagged } from './wrapped-parts.ts';

/** What knows its lines by their form, whatever stands round them. */
const KNOWN_BY_LINES: ReadonlySet<ContentKind> = new Set([
  'html',
  'diff',
  'search',
  'commits',
  'csv',
  'table',
  'listing',
  'log',
]);
/** JSON in a text of such a kind has to be nearly all of it. */
const LEAST_JSON_SHARE = 0.8;
const MOST_DOCUMENTS = 12;

/** Lines round other texts, if a text that as a whole is of this kind is better read so. */
export function openText(text: string, kind: ContentKind): TextEnvelope | undefined {
  const spans = findSpans(text, kind);
  return spans === undefined || spans.length === 0 ? undefined : envelopeOf(text, spans);
}

/** A text with these pieces as its parts. */
export function envelopeOf(text: string, spans: readonly TextSpan[]): TextEnvelope {
  const parts = spans.map(({ start, end, closing = '' }, index) => ({
    name: spans.length === 1 ? 'body' : String(index + 1),
    text: text.slice(start, end) + closing,
    start,
    end,
    closing,
  }));
  return { frame: 'text', parts };
}

function findSpans(text: string, kind: ContentKind): readonly TextSpan[] | undefined {
  const bodies = documentsOf(text) ?? findJsonBodies(text) ?? cutDocumentOf(text);
  if (kind === 'xml') return findTagged(text, kind);
  if (KNOWN_BY_LINES.has(kind)) return bodies !== undefined && isNearlyAll(text, bodies) ? bodies : undefined;
  const inFrame = findTagged(text, kind) ?? findFenced(text) ?? findBody(text, kind) ?? findOutputs(text);
  if (inFrame !== undefined) return inFrame;
  if (bodies !== undefined) return bodies;
  return kind === 'config' ? undefined : findTitled(text);
}

function documentsOf(text: string): readonly TextSpan[] | undefined {
  const documents = placeDocuments(text);
  return documents === undefined || documents.length < 2 || documents.length > MOST_DOCUMENTS ? undefined : documents;
}

function cutDocumentOf(text: string): readonly TextSpan[] | undefined {
  const document = findCutJson(text);
  return document === undefined ? undefined : [document];
}

function isNearlyAll(text: string, spans: readonly TextSpan[]): boolean {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0) >= text.length * LEAST_JSON_SHARE;
}
