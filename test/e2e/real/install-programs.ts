import { installMissing, NOTHING_TO_INSTALL, PROGRAMS } from './system-binary.ts';

/** Before all tests, in one process: two that use apt at once would lock each other out. */
export function setup(): void {
  installMissing(Object.values(PROGRAMS));
  process.env[NOTHING_TO_INSTALL] = '1';
}
