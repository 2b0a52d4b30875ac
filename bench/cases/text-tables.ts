import type { ToolOutput } from './benchmark-case.ts';
import { createRandom, SERVICES, times } from './words.ts';

/** `ps aux`, its columns aligned with blanks; one process eats a whole core. */
export function processTable(): ToolOutput {
  const random = createRandom(18);
  const rows = times(180, (index) => {
    const cpu = index === 133 ? '99.7' : (random.integer(0, 30) / 10).toFixed(1);
    const command =
      index === 133 ? '/usr/bin/convert --watch /srv/labels' : `/srv/${random.pick(SERVICES)}/bin/worker --id ${index}`;
    return `${random.pick(['shop', 'root', 'postgres']).padEnd(9)}${String(800 + index * 7).padStart(6)}${cpu.padStart(6)}${(random.integer(0, 60) / 10).toFixed(1).padStart(6)}${String(random.integer(9_000, 900_000)).padStart(9)} ?        Ssl  00:${String(random.integer(10, 59))}   0:${String(random.integer(10, 59))} ${command}`;
  });
  return {
    name: 'ps.txt',
    kind: 'table',
    tool: 'bash',
    arguments: { command: 'ps aux' },
    text: ['USER        PID  %CPU  %MEM      RSS TTY      STAT START   TIME COMMAND', ...rows].join('\n'),
    questions: [
      {
        query: 'Which process uses the most CPU?',
        needles: [{ text: '99.7', kind: 'outlier' }, { text: '/usr/bin/convert' }],
      },
    ],
  };
}

/** What `psql` prints for a query: framed columns, and the count of rows below. */
export function queryTable(): ToolOutput {
  const random = createRandom(19);
  const rows = times(150, (index) => {
    const waited = index === 88 ? '00:41:07.113' : `00:00:0${random.integer(0, 9)}.${random.integer(100, 999)}`;
    return ` ${String(4_000 + index).padStart(6)} | ${random.pick(SERVICES).padEnd(10)} | ${random.pick(['idle', 'active']).padEnd(8)} | ${waited.padEnd(14)} | ${`select * from ${random.pick(SERVICES)} where id = $1`.padEnd(40)}`;
  });
  const head = [
    '  pid   |  database  |  state   |     waited     |                  query                   ',
    '--------+------------+----------+----------------+------------------------------------------',
  ];
  return {
    name: 'activity.txt',
    kind: 'table',
    tool: 'query',
    arguments: { sql: 'select pid, database, state, waited, query from activity' },
    text: [...head, ...rows, '(150 rows)'].join('\n'),
    questions: [
      {
        query: 'Which session has waited longest?',
        needles: [{ text: '00:41:07.113', kind: 'outlier' }, { text: '4088' }],
      },
    ],
  };
}
