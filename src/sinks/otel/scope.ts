/** Name of the instrumentation scope, under which spans and metrics of this package are found. */
export const SCOPE = 'headroom-hooks';
