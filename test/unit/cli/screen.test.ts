import { expect, test } from 'vitest';
import { paint, screenOf } from '../../../src/cli/screen.ts';

const terminal = { isTTY: true, columns: 120, hasColors: () => true };
const pipe = { isTTY: false };

test('a terminal has its own width and colours, a pipe 100 columns and none', () => {
  expect(screenOf(terminal, {})).toEqual({ columns: 120, hasColor: true });
  expect(screenOf(pipe, {})).toEqual({ columns: 100, hasColor: false });
});

test('COLUMNS says how wide a pipe is, within reason', () => {
  const columnsOf = (columns: string): number => screenOf(pipe, { COLUMNS: columns }).columns;
  expect(columnsOf('72')).toBe(72);
  expect(columnsOf('1')).toBe(40);
  for (const nonsense of ['', '0', '-3', 'wide', '1e3']) expect(columnsOf(nonsense)).toBe(100);
  expect(screenOf(terminal, { COLUMNS: '72' }).columns).toBe(120);
});

test.each([
  { stream: terminal, environment: { NO_COLOR: '1' }, has: false },
  { stream: terminal, environment: { NO_COLOR: '' }, has: true },
  { stream: pipe, environment: { FORCE_COLOR: '1' }, has: true },
  { stream: pipe, environment: { FORCE_COLOR: '3', NO_COLOR: '1' }, has: true },
  { stream: terminal, environment: { FORCE_COLOR: '0' }, has: false },
  { stream: terminal, environment: { FORCE_COLOR: 'false' }, has: false },
  { stream: pipe, environment: { NO_COLOR: '1' }, wants: true, has: true },
  { stream: terminal, environment: { FORCE_COLOR: '1' }, wants: false, has: false },
])('colours of $environment, asked for: $wants, are $has', ({ stream, environment, wants, has }) => {
  expect(screenOf(stream, environment, wants).hasColor).toBe(has);
});

test('a screen without colours shows the text as it is', () => {
  expect(paint({ columns: 80, hasColor: false }, 'bad', 'text')).toBe('text');
  expect(paint({ columns: 80, hasColor: true }, 'bad', 'text')).toContain('\u001B[');
});
