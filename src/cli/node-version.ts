/** The oldest Node that the package works on, as `engines` in package.json says. */
export const OLDEST_NODE = '22.15';

/** One sentence on why this Node can not run the program, or `undefined` when it can. */
export function explainOldNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
  const isOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  return isOld ? `headroom-hooks needs Node ${OLDEST_NODE} or newer, and this is Node ${version}.` : undefined;
}
