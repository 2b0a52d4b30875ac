import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { TokenUsage } from '../../../src/tokens/normalize-usage.ts';
import type { Fields } from '../wire/scenario.ts';
import type { WireUsage } from './usage-on-the-wire.ts';

/** What one provider says of its tokens, what its packages make of it, and what that is to us. */
export interface UsageFixture {
  readonly provider: string;
  readonly cases: readonly UsageCase[];
}

export interface UsageCase extends WireUsage {
  readonly reports: readonly UsageReport[];
}

/** What packages reported: `undefined` fields are left out, as JSON leaves them out. */
export interface UsageReport {
  /** Such as `ai 7 generate`: those that reported the same. */
  readonly by: readonly string[];
  readonly usage: Fields;
  /** Without the fields that are unknown; `null` when all is. */
  readonly normalized: Partial<TokenUsage> | null;
}

const FOLDER = new URL('../../fixtures/usage/', import.meta.url);

function fileOf(provider: string): URL {
  const name = provider.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return new URL(`${name}.json`, FOLDER);
}

export function readUsageFixture(provider: string): UsageFixture | undefined {
  const file = fileOf(provider);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as UsageFixture) : undefined;
}

/** Writes down what a package reported, beside what others did. For `RECORD_USAGE=1`, after which the diff is to be read. */
export function recordUsage(
  provider: string,
  { name, billed, wire }: WireUsage,
  { by, usage, normalized }: Omit<UsageReport, 'by'> & { readonly by: string },
): void {
  const fixture = readUsageFixture(provider) ?? { provider, cases: [] };
  const known = fixture.cases.find((one) => one.name === name)?.reports ?? [];
  const others = known
    .map((report) => ({ ...report, by: report.by.filter((one) => one !== by) }))
    .filter((report) => report.by.length > 0);
  const same = others.find((report) => JSON.stringify(report.usage) === JSON.stringify(usage));
  const merged = { by: [...(same?.by ?? []), by].toSorted(), usage, normalized };
  const reports = [...others.filter((report) => report !== same), merged].toSorted((one, other) =>
    String(one.by[0]) < String(other.by[0]) ? -1 : 1,
  );
  const cases = [...fixture.cases.filter((one) => one.name !== name), { name, billed, wire, reports }];
  writeFileSync(fileOf(provider), `${JSON.stringify({ provider, cases }, undefined, 2)}\n`);
}
