import type { ToolOutput } from './benchmark-case.ts';
import { createRandom, NOUNS, SERVICES, times, VERBS } from './words.ts';

/** What a JVM service printed: the same two exceptions many times, and a third one once. */
export function stackTraces(): ToolOutput {
  const random = createRandom(22);
  const frames = (seed: number): string => {
    const drawn = createRandom(seed);
    return times(
      22,
      () =>
        `\tat com.shop.${drawn.pick(SERVICES)}.${drawn.pick(NOUNS)}.Service.${drawn.pick(VERBS)}(Service.java:${drawn.integer(20, 900)})`,
    ).join('\n');
  };
  const traces = times(30, (index) => {
    if (index === 19)
      return `java.lang.IllegalStateException: ledger 8841 is closed for writing\n${frames(3)}\nCaused by: java.sql.SQLException: read-only transaction\n\t... 19 more`;
    const id = random.integer(10_000, 99_999);
    return index % 3 === 0
      ? `java.net.SocketTimeoutException: Read timed out, request ${id}\n${frames(1)}`
      : `com.shop.NotFoundException: no parcel ${id}\n${frames(2)}`;
  });
  return {
    name: 'exceptions.txt',
    kind: 'stack-trace',
    tool: 'bash',
    arguments: { command: 'journalctl -u shop | grep -A 30 Exception' },
    text: traces.join('\n'),
    questions: [
      {
        query: 'Which exceptions were thrown?',
        needles: [
          { text: 'ledger 8841 is closed for writing' },
          { text: 'read-only transaction' },
          { text: 'SocketTimeoutException' },
          { text: 'com.shop.NotFoundException' },
        ],
      },
    ],
  };
}
