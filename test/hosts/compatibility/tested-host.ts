import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import 'vitest';

/** A framework as it was installed when its tests ran. */
export interface TestedHost {
  readonly packageName: string;
  readonly version: string;
}

declare module 'vitest' {
  // What a suite says of itself, so that its tests are counted in docs/compatibility.md.
  interface TaskMeta {
    testedHost?: TestedHost;
    /** The way in which the host is used. */
    driver?: string;
  }
}

/** Reads the version of what is installed under this name, near the module of the caller: `testedHost('ai', import.meta.url)`. */
export function testedHost(installedAs: string, from: string): TestedHost {
  const path = findPackageJSON(installedAs, from);
  if (path === undefined) throw new Error(`${installedAs} is not installed near ${from}.`);
  const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly name: string;
    readonly version: string;
  };
  return { packageName: name, version };
}
