import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many files the manifests of folders name, and under which licences. */
export function describeFolders(folders: readonly string[]): string {
  const licences = folders
    .map((folder) => join(folder, 'manifest.json'))
    .filter((file) => existsSync(file))
    .flatMap((file) => (JSON.parse(readFileSync(file, 'utf8')) as { items: readonly { license?: string }[] }).items)
    .map(({ license }) => license ?? 'unknown');
  const counts = [...Map.groupBy(licences, (licence) => licence)].map(([licence, { length }]) => ({ licence, length }));
  const listed = counts
    .sort((one, other) => other.length - one.length)
    .map(({ licence, length }) => `${length} ${licence}`);
  return listed.length === 0 ? '' : `${licences.length} recorded files, by licence: ${listed.join('; ')}.`;
}
