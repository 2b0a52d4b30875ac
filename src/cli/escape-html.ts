import { visibleText } from './visible-text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Foreign text as HTML, in an element or in a quoted attribute: it is read, never obeyed, and nothing in it hides. */
export function escapeHtml(text: string): string {
  const visible = text.split('\n').map(visibleText).join('\n');
  return visible.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
