// Compares the counts of every estimated family with its reference, for each subfolder (a kind) of a folder of texts.
// npm run bench:tokens -- FOLDER. README.md says what to install first.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadTokenCounter } from '../../src/tokens/count-tokens.ts';
import { ESTIMATED_FAMILIES } from '../../src/tokens/family-weights.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: npm run bench:tokens -- FOLDER');
const python = process.env['TOKEN_REFERENCES_PYTHON'] ?? path.join(import.meta.dirname, '.venv/bin/python');

const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const passages = files.map((file) => ({
  kind: path.relative(folder, file.parentPath) || '.',
  text: readFileSync(path.join(file.parentPath, file.name), 'utf8').toWellFormed(),
}));

const scratch = mkdtempSync(path.join(tmpdir(), 'token-references-'));
const [passagesFile, countsFile] = [path.join(scratch, 'passages.jsonl'), path.join(scratch, 'counts.json')];
writeFileSync(passagesFile, passages.map((passage) => JSON.stringify(passage)).join('\n'));
const { status } = spawnSync(python, [path.join(import.meta.dirname, 'count.py'), passagesFile, countsFile], {
  stdio: 'inherit',
});
if (status !== 0) throw new Error('the reference counts failed');
const references = JSON.parse(readFileSync(countsFile, 'utf8')) as Readonly<Record<string, number>>[];
rmSync(scratch, { recursive: true });

const kinds = [...new Set(passages.map(({ kind }) => kind))].toSorted();
const cells = new Map<string, { estimate: number; reference: number }>();

function add(kind: string, family: string, estimate: number, reference: number): void {
  const cell = cells.get(`${kind}\n${family}`) ?? { estimate: 0, reference: 0 };
  cell.estimate += estimate;
  cell.reference += reference;
  cells.set(`${kind}\n${family}`, cell);
}

for (const family of ESTIMATED_FAMILIES) {
  const count = await loadTokenCounter(family);
  for (const [index, { kind, text }] of passages.entries()) {
    const estimate = count(text);
    const reference = references[index]?.[family] ?? 0;
    add(kind, family, estimate, reference);
    add('total', family, estimate, reference);
  }
}

function errorPercent(kind: string, family: string): string {
  const cell = cells.get(`${kind}\n${family}`);
  if (cell === undefined || cell.reference === 0) return '';
  const percent = 100 * (cell.estimate / cell.reference - 1);
  return `${percent < 0 ? '' : '+'}${percent.toFixed(1)}`;
}

console.log(`| % | ${ESTIMATED_FAMILIES.join(' | ')} |`);
console.log(`| --- | ${ESTIMATED_FAMILIES.map(() => '---:').join(' | ')} |`);
for (const kind of [...kinds, 'total']) {
  console.log(`| ${kind} | ${ESTIMATED_FAMILIES.map((family) => errorPercent(kind, family)).join(' | ')} |`);
}
