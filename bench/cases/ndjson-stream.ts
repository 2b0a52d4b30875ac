import type { ToolOutput } from './benchmark-case.ts';
import { createRandom, SERVICES, timeAt, times } from './words.ts';

/** Structured log lines, one JSON object each. */
export function ndjsonStream(): ToolOutput {
  const random = createRandom(28);
  const lines = times(400, (index) => {
    const entry = {
      time: timeAt(index * 900),
      level: 'info',
      service: random.pick(SERVICES),
      message: 'request done',
      status: 200,
      durationMs: random.integer(2, 240),
    };
    if (index === 260) return { ...entry, level: 'error', message: 'token expired for tenant blue-heron', status: 401 };
    return random.chance(0.05)
      ? { ...entry, level: 'warn', message: 'slow query', durationMs: random.integer(900, 2_000) }
      : entry;
  });
  return {
    name: 'stream.ndjson',
    kind: 'ndjson',
    tool: 'bash',
    arguments: { command: 'kubectl logs deploy/accounts' },
    text: lines.map((line) => JSON.stringify(line)).join('\n'),
    questions: [{ query: 'Are there errors?', needles: [{ text: 'token expired for tenant blue-heron' }] }],
  };
}
