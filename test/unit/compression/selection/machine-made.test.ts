import { describe, expect, test } from 'vitest';
import { isMachineMade } from '../../../../src/compression/selection/machine-made.ts';

const fill = (count: number, lines: (index: number) => string | readonly string[]): string[] =>
  Array.from({ length: count }, (_, index) => lines(index)).flat();

describe('lines that no recogniser knows', () => {
  test('are a machine’s where they differ in numbers and versions alone', () => {
    const lines = fill(40, (index) => [
      `debug@2.${index}.9`,
      `  debug@"^2.${index}.0" from parser@1.${index}.2`,
      '',
    ]).flat();
    expect(isMachineMade(lines)).toBe(true);
  });

  test('are not where they are a file that was read with numbers before its lines', () => {
    expect(isMachineMade(fill(80, (index) => `${String(index + 1).padStart(6)}→  assert total ${index}`))).toBe(false);
    expect(isMachineMade(fill(80, (index) => `${index + 1}\tassert total ${index}`))).toBe(false);
  });

  test('are not where they are code', () => {
    expect(isMachineMade(fill(80, (index) => `#define FLAG_${index} 0x${index}`))).toBe(false);
    expect(isMachineMade(fill(80, (index) => `  write(${index}, value${index});`))).toBe(false);
    expect(isMachineMade(fill(80, (index) => `def total_${index}(rate)`))).toBe(false);
  });

  test('are not where each says something else', () => {
    const words = 'the quick brown fox jumps over a lazy dog while cats sleep near some old barn door'.split(' ');
    expect(isMachineMade(fill(80, (index) => words.map((_, at) => words[(at * index) % words.length]).join(' ')))).toBe(
      false,
    );
  });
});
