export {
  createHeadroomMiddleware,
  type HeadroomMiddleware,
  type HeadroomMiddlewareOptions,
} from './langchain/headroom-middleware.ts';
export type { RunCallbacks } from './langchain/run-callbacks.ts';
export type { ModelAnswer, ModelCallRequest } from './langchain/model-call-request.ts';
