// npm run dashboards: writes dashboards/generated. With --check it only compares.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { generatedFiles } from './generated-files.ts';

const TARGET = new URL('generated/', import.meta.url);
const files = generatedFiles();

if (process.argv.includes('--check')) {
  const there = readdirSync(TARGET);
  const stale = [...new Set([...there, ...files.keys()])].filter(
    (name) => !there.includes(name) || readFileSync(new URL(name, TARGET), 'utf8') !== files.get(name),
  );
  if (stale.length > 0) {
    console.error(`Not what the sources in dashboards/ say: ${stale.join(', ')}. Run npm run dashboards.`);
    process.exitCode = 1;
  }
} else {
  for (const [name, text] of files) writeFileSync(new URL(name, TARGET), text);
  console.log(`Wrote ${files.size} files to dashboards/generated.`);
}
