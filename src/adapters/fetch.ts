export { headroomFetch, type HeadroomFetch, type HeadroomFetchOptions } from './fetch/headroom-fetch.ts';
export { headroomMiddleware, type HeadroomMiddleware, type MiddlewareRequest } from './fetch/headroom-middleware.ts';
export type { HeadroomClientApi, HeadroomClientOptions } from './fetch/client-wiring.ts';
export type { ClientRetrieveTool } from './fetch/client-retrieve-tool.ts';
