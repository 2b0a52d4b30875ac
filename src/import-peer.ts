import { HeadroomError } from './headroom-error.ts';

/** Imports a peer dependency that is optional. Throws a `HeadroomError` that says what to install when it is missing. */
export async function importPeer<Module>(name: string, importer: () => Promise<Module>): Promise<Module> {
  try {
    return await importer();
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new HeadroomError('missing-peer', `This part of headroom-hooks needs "${name}": npm install ${name}`, {
      cause: error,
    });
  }
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}
