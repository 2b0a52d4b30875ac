export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads the samples of a Prometheus text. Throws for a line that is neither a comment nor a sample. */
export function parseSamples(text: string): readonly Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = '', value] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) throw new Error(`Not a sample: ${line}`);
      const pairs = [...labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, text]) => [label, text]);
      return { name, labels: Object.fromEntries(pairs), value: Number(value) };
    });
}

/** The sum of all samples of this name that have these labels. */
export function sumOf(samples: readonly Sample[], name: string, labels: Sample['labels'] = {}): number {
  return samples
    .filter(
      (sample) => sample.name === name && Object.entries(labels).every(([key, text]) => sample.labels[key] === text),
    )
    .reduce((sum, { value }) => sum + value, 0);
}

/** The rules of `promtool check metrics`: help, `_total` for counters alone, base units, snake case. */
export function lintMetrics(text: string): readonly string[] {
  const helps = new Set([...text.matchAll(/^# HELP (\S+) \S/gm)].map(([, name]) => name));
  return [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) => {
    const findings: string[] = [];
    if (!helps.has(name)) findings.push(`${name} has no help`);
    if ((type === 'counter') !== name.endsWith('_total')) findings.push(`${name} is a ${type}`);
    if (/_(ms|milliseconds|minutes|percent|kilobytes|count|sum|bucket)(_|$)/.test(name))
      findings.push(`unit of ${name}`);
    if (!/^[a-z]+(_[a-z]+)*$/.test(name)) findings.push(`${name} is not in snake case`);
    return findings;
  });
}
