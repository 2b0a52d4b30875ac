import { detect } from './detect.ts';

/** The text of the part that these names lead to, the outer before the inner, or `undefined` when there is none. */
export function readPart(text: string, names: readonly string[]): string | undefined {
  let part: string | undefined = text;
  for (const name of names) {
    part = part === undefined ? undefined : partsOf(part).find((one) => one.name === name)?.text;
  }
  return part;
}

/** The names of the parts of a text, none for a text that carries no other. */
export function partNames(text: string): readonly string[] {
  return partsOf(text).map(({ name }) => name);
}

function partsOf(text: string): readonly { readonly name: string; readonly text: string }[] {
  const content = detect(text);
  return content.kind === 'envelope' && content.envelope.frame !== 'strings' ? content.envelope.parts : [];
}
