import { HeadroomError } from './headroom-error.ts';

/**
 * Loads an optional peer dependency. When it is not installed this rejects with a `HeadroomError` that says what to
 * install; any other failure to load it is passed on as it is.
 */
export async function importPeer<Module>(name: string, importer: () => Promise<Module>): Promise<Module> {
  try {
    return await importer();
  } catch (error) {
    if (!isMissing(name, error)) throw error;
    throw new HeadroomError('missing-peer', `Install ${name}: npm install ${name}.`, { cause: error });
  }
}

/** Whether it is this package that is not there, rather than something that it needs itself. */
function isMissing(name: string, error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  const isNotFound = error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND';
  return isNotFound && error.message.includes(`'${name}'`);
}
