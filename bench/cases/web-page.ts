import type { ToolOutput } from './benchmark-case.ts';
import { createRandom, NOUNS, sentence, times } from './words.ts';

/** A page as a server sends it: scripts, styles and navigation around an article of so many sections. */
export function webPageText(sectionCount: number): string {
  const random = createRandom(20);
  const links = times(
    40,
    (index) =>
      `<li class="nav-item"><a class="nav-link" href="/docs/${random.pick(NOUNS)}/${index}">${random.pick(NOUNS)} ${index}</a></li>`,
  );
  const sections = times(sectionCount, (index) => {
    const body = times(3, () => `<p class="text-body">${sentence(random)} ${sentence(random)}</p>`).join('\n');
    const limit = index === 9 ? '<p>Uploads larger than <strong>25 MB</strong> are refused with status 413.</p>' : '';
    return `<section id="s${index}" class="section section--wide"><h2>${index + 1}. The ${random.pick(NOUNS)}</h2>\n${body}${limit}</section>`;
  });
  return [
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Limits of the API</title>',
    `<style>${times(60, (index) => `.c${index}{margin:${index}px;padding:0 ${index}px}`).join('')}</style>`,
    `<script>window.__STATE__=${JSON.stringify(times(80, (index) => ({ id: index, key: random.hex(16) })))};</script></head><body>`,
    `<nav><ul>${links.join('\n')}</ul></nav><main><h1>Limits of the API</h1>`,
    ...sections,
    '</main><footer><p>© 2026 Shop Example</p></footer></body></html>',
  ].join('\n');
}

export function webPage(): ToolOutput {
  return {
    name: 'limits.html',
    kind: 'html',
    tool: 'fetch_url',
    arguments: { url: 'https://docs.shop.example/limits' },
    text: webPageText(30),
    questions: [{ query: 'How large may an upload be?', needles: [{ text: '25 MB' }, { text: 'status 413' }] }],
  };
}
