import type { ToolOutput } from './benchmark-case.ts';
import { createRandom, SERVICES, timeAt, times } from './words.ts';

/** The log of services in one stream: requests and jobs, and among them two sorts of failure. */
export function serviceLogText(count: number): string {
  const random = createRandom(13);
  return times(count, (index) => {
    const start = `${timeAt(index * 740 + random.integer(0, 700))} `;
    const service = random.pick(SERVICES);
    const trace = random.hex(12);
    if (index === Math.floor(count * 0.72)) {
      return `${start}ERROR [${service}] trace=${trace} disk quota exceeded: /var/spool/labels is at 100 %`;
    }
    if (random.chance(0.02)) {
      return `${start}ERROR [${service}] trace=${trace} upstream timeout after ${random.integer(2_000, 2_090)} ms: POST /v1/charges`;
    }
    if (random.chance(0.2))
      return `${start}DEBUG [${service}] cache hit key=${service}:${random.integer(1, 400)} ttl=${random.integer(1, 300)}s`;
    const path = `/v1/${service}/${random.integer(1_000, 9_999)}`;
    return `${start}INFO  [${service}] trace=${trace} ${random.pick(['GET', 'GET', 'POST'])} ${path} ${random.pick([200, 200, 200, 201, 404])} in ${random.integer(3, 180)} ms`;
  }).join('\n');
}

export function serviceLog(): ToolOutput {
  return {
    name: 'service.log',
    kind: 'log',
    tool: 'search_logs',
    arguments: { since: '2026-03-12T00:00:00Z' },
    text: serviceLogText(900),
    questions: [
      {
        query: 'What went wrong in this log?',
        needles: [{ text: 'disk quota exceeded: /var/spool/labels is at 100 %' }, { text: 'upstream timeout after' }],
      },
    ],
  };
}
