import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/compression/detect.ts';
import { disproportion } from '../../property/processor-time.ts';

const LOGS: Readonly<Record<string, string>> = {
  'a service log with ISO times': `2024-05-01T00:00:01.120Z INFO listening on 8080
2024-05-01T00:00:02.480Z WARN slow query took 900 ms
2024-05-01T00:00:03.001Z ERROR could not reach the broker
`,
  'a syslog': `May  1 06:55:46 gate sshd[24200]: Invalid user guest from 10.0.0.7
May  1 06:55:47 gate sshd[24200]: Connection closed by 10.0.0.7 [preauth]
May  1 06:56:02 gate CRON[24310]: session opened for user root
`,
  'an access log': `10.0.0.7 - - [01/May/2024:06:55:46 +0000] "GET /health HTTP/1.1" 200 2 "-" "probe/1.0"
10.0.0.8 - ana [01/May/2024:06:55:47 +0000] "POST /orders HTTP/1.1" 502 157 "-" "shop/2.3"
10.0.0.7 - - [01/May/2024:06:55:56 +0000] "GET /health HTTP/1.1" 200 2 "-" "probe/1.0"
`,
  'a web server error log': `2024/05/01 06:55:46 [error] 31#31: *7 connect() failed (111: Connection refused) while connecting to upstream
2024/05/01 06:55:47 [warn] 31#31: *9 an upstream response is buffered
2024/05/01 06:55:50 [error] 31#31: *12 open() "/srv/www/favicon.ico" failed
`,
  'a log of a phone': `05-01 16:13:38.811  1702  2395 D WindowManager: printFreezingDisplayLogs
05-01 16:13:38.819  1702  8671 D PowerManagerService: acquire lock=233570404
05-01 16:13:38.820  1702  8671 W ActivityManager: caller does not hold the permission
`,
  'a cluster log': `I0501 12:00:01.066997    2296 prober.go:107] "Probe failed" probeType="Readiness"
E0501 12:00:02.966137    2296 pod_workers.go:1300] "Error syncing pod, skipping" err="failed"
I0501 12:00:04.067083    2296 patch_prober.go:28] interesting pod
`,
  'a log with packed dates': `081109 203615 148 INFO dfs.Node: block blk_38865049064139660 terminating
081109 203807 222 INFO dfs.Node: block blk_6952295868487656571 terminating
081109 204005 35 WARN dfs.Node: exception while serving blk_7128370237687728475
`,
  'key=value lines': `time="2024-05-01T16:37:58Z" level=info msg="processing file a.json"
time="2024-05-01T16:37:58Z" level=info msg="processing file b.json"
time="2024-05-01T16:37:59Z" level=error msg="no such template"
`,
  'the output of a test runner': `PASS test/cart.test.ts
  ✓ adds an item (3 ms)
  ✓ removes an item (1 ms)
FAIL test/checkout.test.ts
  ✕ charges the card (12 ms)
`,
  'the output of a compiler': `src/lfunc.c:120:14: warning: unused variable 'n' [-Wunused-variable]
src/lgc.c:88:2: error: expected ';' before 'return'
make: *** [Makefile:35: lgc.o] Error 1
`,
  'the log of a pipeline': `2024-05-01T16:48:09.3750041Z ##[group]Run the tests
2024-05-01T16:48:10.0020041Z $ npm test
2024-05-01T16:48:19.7750041Z ##[error]Process completed with exit code 1.
`,
  'a stack trace': `java.lang.IllegalStateException: closed
\tat com.example.Pool.take(Pool.java:41)
\tat com.example.Worker.run(Worker.java:17)
\tat java.base/java.lang.Thread.run(Thread.java:840)
`,
};

const TEXTS: Readonly<Record<string, string>> = {
  'prose that speaks of errors': `When an error occurs, the client retries the request.
A fatal error ends the session. See the chapter on failures.
Warnings are shown once. Info messages are not shown.
An exception in a handler is an error too.
`,
  Markdown: `# Handling errors

- **ERROR** means that the request failed.
- **WARN** means that it was slow.

Run \`npm test\` at 10:00:00 and see what failed.
`,
  'source code': `export function fail(message: string): never {
  console.error(\`ERROR \${message}\`);
  throw new Error(message);
}

// at the end
const warning = 'WARN';
`,
  CSV: `time,status,latency
2024-05-01T00:00:01,ok,3
2024-05-01T00:00:02,error,9
2024-05-01T00:00:03,ok,4
`,
  'one line': '2024-05-01T00:00:01Z INFO started',
  nothing: '',
  blanks: '\n\n \n\n',
};

describe('detection', () => {
  for (const [name, text] of Object.entries(LOGS)) {
    test(`takes ${name} for a log, with its lines`, () => {
      expect(detect(text)).toEqual({ kind: 'log', text, lines: text.split('\n') });
    });
  }

  for (const [name, text] of Object.entries(TEXTS)) {
    test(`takes ${name} for text`, () => {
      expect(detect(text)).toEqual({ kind: 'text', text });
    });
  }

  test('knows a log by lines that differ in their numbers alone', () => {
    const text = Array.from(
      { length: 20 },
      (_, index) => `${1000 + index} node-${index} temperature ${20 + index}`,
    ).join('\n');
    expect(detect(text).kind).toBe('log');
  });

  test('sees through the colours of a terminal', () => {
    const text =
      '\u001b[32m[INFO]\u001b[0m Scanning\n\u001b[33m[WARNING]\u001b[0m Old\n\u001b[31m[ERROR]\u001b[0m Bad\n';
    expect(detect(text).kind).toBe('log');
  });

  test.each([
    [
      'marks of frames and tests',
      (times: number) => `at ${'(:'.repeat(times)}${'[ '.repeat(times)}${'PASSED [ '.repeat(times)}\n`.repeat(500),
    ],
    ['blanks', (times: number) => `${' '.repeat(100 * times)}x\n`.repeat(20)],
  ])('takes time in proportion to long lines of %s', async (_, make) => {
    const [small, large] = [make(50), make(200)];
    expect(detect(large).kind).toBe('text');
    const found = await disproportion(
      () => detect(small),
      () => detect(large),
    );
    expect(found).toBeUndefined();
  });
});
