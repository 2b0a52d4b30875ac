import type { HrTime } from '@opentelemetry/api';

/** Epoch milliseconds as a span takes them. A plain number would be read as milliseconds since the process started. */
export function spanTime(epochMs: number): HrTime {
  const seconds = Math.floor(epochMs / 1000);
  return [seconds, Math.round((epochMs - seconds * 1000) * 1e6)];
}
