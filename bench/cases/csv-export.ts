import type { ToolOutput } from './benchmark-case.ts';
import { COUNTRIES, createRandom, FIRST_NAMES, LAST_NAMES, timeAt, times } from './words.ts';

/** An export of customers, with a comma in some names and one balance far below the others. */
export function csvExportText(count: number): string {
  const random = createRandom(17);
  const rows = times(count, (index) => {
    const name = `${random.pick(LAST_NAMES)}, ${random.pick(FIRST_NAMES)}`;
    const balance = index === Math.floor(count * 0.4) ? '-184220.50' : (random.integer(0, 90_000) / 100).toFixed(2);
    return [
      20_001 + index,
      `"${name}"`,
      random.pick(COUNTRIES),
      timeAt(index * 3_600_000).slice(0, 10),
      balance,
      random.pick(['active', 'active', 'paused']),
      'newsletter',
    ].join(',');
  });
  return ['customer_id,name,country,since,balance,state,source', ...rows].join('\n');
}

export function csvExport(): ToolOutput {
  return {
    name: 'customers.csv',
    kind: 'csv',
    tool: 'read_file',
    arguments: { path: 'exports/customers.csv' },
    text: csvExportText(600),
    questions: [
      { query: 'Which customer owes us most?', needles: [{ text: '-184220.50', kind: 'outlier' }] },
      { query: 'Since when is customer 20480 with us?', needles: [{ text: '20480', kind: 'queried-record' }] },
    ],
  };
}
