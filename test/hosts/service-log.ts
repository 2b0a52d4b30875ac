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

/** A log of the same requests, a line each, with one failure in it. Deterministic. */
export function logLines(count: number): readonly string[] {
  return requestRows(count).map(({ id, service, status, durationMs }, index) => {
    const time = new Date(Date.UTC(2026, 0, 5, 2) + index * 1_370).toISOString();
    const word = WORDS[(index * 7) % WORDS.length] ?? '';
    return status === 200
      ? `${time} INFO ${String(service)} request ${String(id)} for ${word} served in ${String(durationMs)} ms`
      : `${time} ERROR ${String(service)} request ${String(id)} failed: upstream payment gateway timed out`;
  });
}

const WORDS = ['lamp', 'chair', 'table', 'carpet', 'shelf', 'mirror', 'clock', 'vase', 'curtain', 'desk', 'stool'];
