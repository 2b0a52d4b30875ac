import { describe, expect, test } from 'vitest';
import { compileToolRules } from '../../../src/compression/tool-rules.ts';

describe('rules per tool', () => {
  test.each([
    ['mcp__db__query', 'off'],
    ['mcp__', 'off'],
    ['read_file', 'lossless'],
    ['db_read_rows', 'lossless'],
    ['a-b-c', 'off'],
    ['a-c', 'recoverable'],
    ['ab', 'recoverable'],
    ['grep', 'recoverable'],
    ['__proto__', 'recoverable'],
  ])('gives %s the policy %s', (toolName, policy) => {
    const rules = compileToolRules({ 'mcp__*': 'off', read_file: 'lossless', '*_read_*': 'lossless', 'a-*-c': 'off' });
    expect(rules(toolName).policy).toBe(policy);
  });

  test('matches a glob with many stars in time that grows with the name alone', () => {
    const rules = compileToolRules({ [`${'*a'.repeat(50)}b`]: 'off' });
    expect(rules('a'.repeat(100_000)).policy).toBe('recoverable');
  });

  test('leaves a tool without a name to the default', () => {
    expect(compileToolRules({ '*': 'off' })(undefined).policy).toBe('recoverable');
  });
});
