import { describe, expect, test } from 'vitest';
import { configSections } from '../../../../src/compression/selection/config-outline.ts';
import { configSelection } from '../../../../src/compression/selection/config-sections.ts';

function select(lines: readonly string[], query = '', budgetTokens = 120): string {
  const selected = configSelection.select(
    { kind: 'config', text: lines.join('\n'), lines },
    { query, budgetTokens, count: (part) => part.length / 4, retrievalId: 'abc123' },
  );
  return selected?.text ?? '';
}

const names =
  'axum bytes clap dotenv either flume globset hyper indexmap jobserver keyring libc memchr nix once petgraph quote'.split(
    ' ',
  );
const lock = names.flatMap((name, index) => [
  '[[package]]',
  `name = "${name}"`,
  `version = "1.${index}.0"`,
  `checksum = "${String(index).repeat(60)}"`,
  '',
]);

describe('settings with sections left out', () => {
  test('keep the section that the query names, and name the others with their versions and lines', () => {
    const text = select(['# generated', '', ...lock], 'Version and checksum of memchr?', 90);
    expect(text).toContain(`[[package]]\nname = "memchr"\nversion = "1.12.0"\nchecksum = "${'12'.repeat(60)}"`);
    expect(text).toMatch(/\[lines \d+-86: .*quote 1\.16\.0\]/);
    expect(text).toContain('id "abc123"');
  });

  test('keep the key of YAML that the query asks for, out of a section that is too large', () => {
    const services = names.flatMap((name) => [
      `  ${name}:`,
      `    image: ${name}:latest`,
      '    environment:',
      ...Array.from(
        { length: 30 },
        (_, index) => `      ${name.toUpperCase()}_OPTION_${index}: value-${index}-of-${name}`,
      ),
    ]);
    const text = select(['version: "3"', 'services:', ...services], 'What is HYPER_OPTION_17 set to?');
    expect(text).toContain('HYPER_OPTION_17: value-17-of-hyper');
    expect(text).toMatch(/: axum, bytes, clap/);
    expect(text).not.toContain('LIBC_OPTION_3');
  });

  test('keep the comments above a section with it', () => {
    const rules = names.flatMap((name) => [
      `# ${name} is what ${name}_check() in check.sh prints.`,
      '[[rule]]',
      `name = '${name} failed'`,
      `pattern = '^${name}.*'`,
      '',
    ]);
    expect(select(rules, 'Which function prints the quote rule?')).toContain(
      "# quote is what quote_check() in check.sh prints.\n[[rule]]\nname = 'quote failed'",
    );
  });
});

describe('the sections of a file', () => {
  const labels = (text: string): string[] => configSections(text.split('\n')).map(({ label }) => label);

  test('are tables, documents, stanzas, or keys', () => {
    expect(labels('top = 1\n[package]\nname = "shop"\n[dependencies]\nserde = "1"')).toEqual([
      '',
      'package',
      'dependencies',
    ]);
    expect(labels('---\nkind: Service\nmetadata:\n  name: web\n---\nkind: Secret\nmetadata:\n  name: key')).toEqual([
      'Service web',
      'Secret key',
    ]);
    expect(labels('Package: curl\nVersion: 7.88\n\nPackage: jq\nVersion: 1.6')).toEqual(['curl 7.88', 'jq 1.6']);
    expect(labels('on: push\njobs:\n  build:\n    runs: a\n  test:\n    runs: b')).toEqual([
      'on',
      'jobs',
      'build',
      'test',
    ]);
  });

  test('are found in time in proportion to comments without end', () => {
    const lines = ['a: 1', 'b: 2', ...Array.from({ length: 100_000 }, () => '# x'), 'c: 3'];
    const start = performance.now();
    configSections(lines);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
