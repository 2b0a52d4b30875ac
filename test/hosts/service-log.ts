/** A pretty-printed listing of requests, as a tool of an operations agent gives it. Deterministic. */
export function requestRows(count: number): readonly Readonly<Record<string, unknown>>[] {
  return Array.from({ length: count }, (_, index) => ({
    id: 4_000 + index,
    service: index % 3 === 0 ? 'checkout' : 'catalogue',
    status: index === count - 7 ? 502 : 200,
    durationMs: 12 + ((index * 37) % 90),
    region: 'eu-central-1',
  }));
}
