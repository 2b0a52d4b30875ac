import { describe, expect, test } from 'vitest';
import { severityOf } from '../../../../src/compression/selection/log-severity.ts';

const LINES: Readonly<Record<string, readonly string[]>> = {
  failure: [
    '2024-05-01 10:00:00 ERROR could not write',
    'java.io.IOException: Broken pipe',
    'socket.gaierror: [Errno -2] Name or service not known',
    "E   ModuleNotFoundError: No module named 'testbook'",
    '10.0.0.8 - - [01/May/2024:06:55:47 +0000] "POST /orders HTTP/1.1" 502 157',
    'Process completed with exit code 127.',
    'E0501 12:00:02.966137    2296 pod_workers.go:1300] syncing pod',
    '05-01 16:13:38.820  1702  8671 E ActivityManager: gone',
    '3 failed, 20 passed',
    '{"level":"error","message":"gone"}',
    'not ok 12 adds',
    'errors: 4',
  ],
  plain: [
    '2024-05-01 10:00:00 INFO done',
    'failed: 0',
    'errors=0 error_rate=0.00',
    '{"error": null, "failures": [], "exception": ""}',
    'error rate: 0.00%',
    '10.0.0.8 - - [01/May/2024:06:55:47 +0000] "GET /orders HTTP/1.1" 200 502',
  ],
  warning: ['WARN the queue is nearly full', 'request was rejected by the quota'],
  summary: [
    '===== 12 passed in 3.21s =====',
    'Tests: 120 passed, 120 total',
    '# pass 12',
    'BUILD SUCCESS',
    'finished with 0 errors and no failures',
    'exit code 0',
  ],
};

describe('a line', () => {
  for (const [severity, lines] of Object.entries(LINES)) {
    for (const line of lines) {
      test(`is ${severity}: ${line}`, () => {
        expect(severityOf(line)).toBe(severity);
      });
    }
  }
});
