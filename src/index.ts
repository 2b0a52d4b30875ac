export { HeadroomError, type HeadroomErrorCode } from './headroom-error.ts';
