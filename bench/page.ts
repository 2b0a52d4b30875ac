/** The parts of docs/benchmarks.md that a run can write. */
export type PagePart = 'own' | 'folders' | 'size';

/** What stands before, between and behind the parts. */
const FRAME = `# Benchmarks

What \`optimizeMessages\` saves, what stays readable, and what it costs. \`npm run bench\` prints this for the cases that come
with the repository, \`npm run bench -- --write\` writes it here. Of the same commit every figure but the times is the same in every
run and on every machine.

## Method

- **Tokens** are those of o200k, counted by gpt-tokenizer, in tool results alone. Those that are JSON count _minified_ before:
  what is saved is not the white space that a program need not send.
- **none** is \`loss: 'none'\`: all is said, and a decoder gives the input back. **recoverable** is \`loss: 'recoverable'\`: rows and lines may be
  left out, and a notice says which and how to ask for them. What the model then asks for is not in these figures.
- A **needle** is part of an answer: it stands in the text when it can be found there word by word. It is obtainable when it stands in
  the text or in the original that the text names.
- **Restore failures**: results that the decoder, or the store, did not give back; JSON up to insignificant white space, all else character by
  character. **Prefixes**: up to twelve beginnings of each conversation are optimized by themselves; what was sent once has to be sent the same ever after.
- **The floor** is counted exactly, per distinct JSON result: minified JSON, TOON (\`@toon-format/toon\`), and, where a document is a list of flat records
  or an object that holds exactly one, CSV and a Markdown table. A plain form is compared where it says the same: TOON where the reference
  decoder gives the source back digit by digit; tables where no cell is empty (null, \`""\` or missing?), no string looks like a number, \`true\`, \`false\` or \`null\`, and, in
  Markdown, no cell breaks its line. Below 20 tokens results pass as they are.
- **Times** are medians of several runs in one process on a machine that does other work too. Each run begins with empty memos.

## Cases of our own

Made from seeds by \`bench/cases/\`: one file per kind, and source files of installed packages and of \`test/fixtures/\`.

<!-- own -->
<!-- /own -->

## Open cases

Real tool outputs and agent trajectories of public projects, under their licences and not part of the package, and conversations made by
the generators that come with Headroom (Apache-2.0). A case is a result with a question, or a conversation. \`npm run bench -- --cases FOLDER...\`
reads folders in the formats that \`bench/cases/read-folder.ts\` describes, and prints what the cases are called.

The peer is a Python package whose compression leaves things out, so that it compares with **recoverable**. It was run by
\`bench/peer/run-headroom.py\` on the same messages and counted by the same counter. Its text model was not loaded, its tokenizer file could
not be fetched, and its own way to ask for what is missing was not tried: with these it may do better. By default it leaves alone what tools
called \`grep\` or \`read\` answer. 0.28.0 is the version that [from-python.md](from-python.md) was written for. The newer 0.42.0, run in the same way, makes 9,251,953
tokens of the open cases and keeps 960 of the 1,093 needles in the text.

<!-- folders -->
<!-- /folders -->

## Size

<!-- size -->
<!-- /size -->
`;

/** The page with some of its parts replaced; the others stay as they were. */
export function writePage(before: string, parts: Readonly<Partial<Record<PagePart, string>>>): string {
  let page = FRAME;
  for (const part of ['own', 'folders', 'size'] as const) {
    const content = parts[part] ?? readPart(before, part);
    page = page.replace(`<!-- ${part} -->\n`, () => `<!-- ${part} -->\n\n${content}\n\n`);
  }
  return page;
}

function readPart(page: string, part: PagePart): string {
  const start = page.indexOf(`<!-- ${part} -->`);
  const end = page.indexOf(`<!-- /${part} -->`);
  return start === -1 || end === -1 ? '' : page.slice(start + `<!-- ${part} -->`.length, end).trim();
}
