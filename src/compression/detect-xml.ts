import { xmlElements } from './markup/xml-elements.ts';
import type { XmlElement } from './markup/xml-elements.ts';

const FEWEST_ELEMENTS = 3;

/** The elements of a text that is an XML document, whole or broken off; `undefined` when it is none. */
export function readAsXml(text: string): readonly XmlElement[] | undefined {
  const head = text.slice(0, 200).trimStart();
  if (!/^\ufeff?<[?!A-Za-z_]/.test(head)) return undefined;
  const elements = xmlElements(text);
  return elements === undefined || elements.length < FEWEST_ELEMENTS ? undefined : elements;
}
