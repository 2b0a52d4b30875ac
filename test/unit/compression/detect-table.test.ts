import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/compression/detect.ts';
import { recogniseTable } from '../../../src/compression/detect-table.ts';

const PSQL = [
  ' id |  name   | score ',
  '----+---------+-------',
  '  1 | Ada     |   3.5',
  '  2 | Bob     |     4',
  '  3 |         |    12',
  '(3 rows)',
];

const TABLES: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
  ['psql', PSQL, ['id', 'name', 'score'], ['3', '', '12']],
  [
    'mysql',
    [
      '+----+------+',
      '| id | name |',
      '+----+------+',
      '|  1 | Ada  |',
      '|  2 | Bob  |',
      '|  3 | Cy   |',
      '+----+------+',
    ],
    ['id', 'name'],
    ['3', 'Cy'],
  ],
  ['Markdown', ['| a | b |', '|---|:-:|', '| 1 | 2 |', '| 3 | 4 |', '| 5 | 6 |'], ['a', 'b'], ['5', '6']],
  [
    'expanded psql',
    [1, 2, 3].flatMap((id) => [`-[ RECORD ${id} ]--`, `id   | ${id}`, `name | n${id}`]),
    ['id', 'name'],
    ['3', 'n3'],
  ],
  [
    'kubectl get',
    [
      'NAME    READY   STATUS    AGE',
      'web-1   1/1     Running   3d',
      'web-2   0/1     Error     3d',
      'db-1    1/1     Running   9d',
    ],
    ['NAME', 'READY', 'STATUS', 'AGE'],
    ['db-1', '1/1', 'Running', '9d'],
  ],
  [
    'df',
    [
      'Filesystem     1K-blocks    Used Available Use% Mounted on',
      '/dev/sda1       10218772 1234567   8984205  13% /',
      'tmpfs             812340       0    812340   0% /run',
      '/dev/sdb1      102400000 9999999  92400001  10% /data',
    ],
    ['Filesystem', '1K-blocks', 'Used', 'Available', 'Use%', 'Mounted on'],
    ['/dev/sdb1', '102400000', '9999999', '92400001', '10%', '/data'],
  ],
  [
    'strace -c',
    [
      '% time     seconds  usecs/call     calls    errors syscall',
      '------ ----------- ----------- --------- --------- ----------------',
      ' 60.00    0.000777           9        85        16 openat',
      ' 30.00    0.000708           8        83           read',
      ' 10.00    0.000562          16        35           mmap',
    ],
    ['% time', 'seconds', 'usecs/call', 'calls', 'errors', 'syscall'],
    ['10.00', '0.000562', '16', '35', '', 'mmap'],
  ],
  [
    'ls -la',
    [
      'total 12',
      'drwxr-xr-x  2 root root 4096 May  1 10:00 .',
      '-rw-r--r--  1 root root  120 2024-05-01 10:00 a b.txt',
      '-rw-r--r--  1 root root 9120 May 12  2023 c.txt',
    ],
    ['mode', 'links', 'owner', 'group', 'size', 'modified', 'name', 'folder'],
    ['-rw-r--r--', '1', 'root', 'root', '9120', 'May 12  2023', 'c.txt', ''],
  ],
];

const OTHERS: readonly (readonly [string, string])[] = [
  [
    'prose below a title',
    'The Long Way Home\nWe walked all night and saw the sun.\nThen we slept.\nThe end came soon.\n',
  ],
  ['a log in columns', '2024-05-01 10:00:00  INFO   web   started\n'.repeat(12)],
  ['a list of Markdown', '- one | two\n- three | four\n- five | six\n- seven | eight\n'],
  ['code', 'const a = b | c;\nconst d = e || f;\nif (a | d) {\n  run();\n}\n'],
  ['headings underlined', 'Title\n=====\n\nText here.\n\nOther\n-----\n\nMore text.\n'],
];

describe('recognising tables', () => {
  test.each(TABLES)('reads what %s prints', (_what, lines, columns, last) => {
    const content = recogniseTable(lines.join('\n'));
    expect(content?.tables[0]?.columns).toEqual(columns);
    expect(content?.tables[0]?.rows.at(-1)?.values).toEqual(last);
  });

  test('reads them with carriage returns too, and with other lines around', () => {
    const content = recogniseTable(['Report', '', ...PSQL, '', 'Done.'].join('\r\n'));
    expect(content?.tables[0]?.rows.map(({ values }) => values[1])).toEqual(['Ada', 'Bob', '']);
  });

  test('reads metrics with the help of their family', () => {
    const samples = Array.from({ length: 9 }, (_none, shard) => `jobs_total{shard="${shard}"} ${shard}`);
    const content = recogniseTable(
      ['# HELP jobs_total Jobs done.', '# TYPE jobs_total counter', ...samples].join('\n'),
    );
    expect(content?.tables[0]?.rows[3]?.values).toEqual(['jobs_total', 'shard="3"', '3', 'Jobs done.']);
  });

  test.each(OTHERS)('takes %s for something else', (_what, text) => {
    expect(recogniseTable(text)).toBeUndefined();
    expect(detect(text).kind).not.toBe('table');
  });

  test('is linear in lines that begin like tables and are none', () => {
    for (const piece of [
      'A B  C\n',
      '# HELP a b\n',
      '| a | b |\n|---|---|\n',
      '-[ RECORD 1 ]\n',
      'd:\ntotal 3\n',
      '---+---\n',
    ]) {
      const start = performance.now();
      recogniseTable(piece.repeat(50_000));
      expect(performance.now() - start).toBeLessThan(3_000);
    }
  });
});
