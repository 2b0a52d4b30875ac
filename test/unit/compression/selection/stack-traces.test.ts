import { describe, expect, test } from 'vitest';
import { findStackTraces, isStackFrame, tellingFrames } from '../../../../src/compression/selection/stack-traces.ts';

const FRAMES: Readonly<Record<string, string>> = {
  JVM: '\tat com.example.Pool.take(Pool.java:41)',
  'JVM, native': '\tat jdk.internal.misc.Unsafe.park(java.base@21/Native Method)',
  'JVM, cut': '\t... 12 more',
  JavaScript: '    at async run (/srv/app/run.js:10:3)',
  '.NET': '   at Shop.Cart.Add(Item item) in /src/Cart.cs:line 12',
  Python: '  File "/srv/app/run.py", line 12, in run',
  gdb: '#3  0x00007ffff7d15ada in pysleep (timeout=1) at ./Modules/timemodule.c:2159',
  PHP: '#0 /srv/app/Cart.php(12): Cart->add()',
  Dart: '#1      main (file:///srv/app/main.dart:3:5)',
  'a sanitizer': '    #0 0x55d0 in main /src/x.c:12',
  Ruby: "\tfrom /srv/app/cart.rb:12:in 'Cart#add'",
  RSpec: '     # ./spec/cart_spec.rb:31',
  Go: '\t/srv/app/cart.go:27 +0x1d',
  Rust: '             at ./src/main.rs:4:5',
  valgrind: '==12==    by 0x4C2: main (main.c:3)',
  Lua: '\tcart.lua:12: in function <cart.lua:3>',
  Perl: '\tmain::add(1) called at cart.pl line 3',
  Elixir: '    (shop 0.1.0) lib/cart.ex:12: Shop.Cart.add/1',
};

const NO_FRAMES = [
  'at the end of the day nothing was lost',
  'look at that',
  'File not found',
  '2024-05-01 10:00:00 INFO served',
  '# heading',
  'src/a.c:3:7: error: no',
];

describe('a frame of a stack', () => {
  for (const [language, line] of Object.entries(FRAMES)) {
    test(`is known: ${language}`, () => {
      expect(isStackFrame(line)).toBe(true);
    });
  }
  for (const line of NO_FRAMES) {
    test(`is not: ${line}`, () => {
      expect(isStackFrame(line)).toBe(false);
    });
  }
});

describe('a stack', () => {
  test('holds the code under its frames, and its own frames tell most', () => {
    const lines = [
      'Traceback (most recent call last):',
      '  File "/srv/app/main.py", line 3, in <module>',
      '    main()',
      ...Array.from(
        { length: 9 },
        (_, index) => `  File "/usr/lib/python3/site-packages/lib.py", line ${index}, in go`,
      ),
      '  File "/srv/app/cart.py", line 9, in add',
      '    raise KeyError(name)',
      '    ^^^^^^^^^^^^^^^^^^^^',
      "KeyError: 'net'",
    ];
    const [stack, ...others] = findStackTraces(lines);
    if (stack === undefined) throw new Error('no stack');
    expect(others).toEqual([]);
    expect([stack.first, stack.last, stack.frames.length]).toEqual([1, 14, 11]);
    expect(
      tellingFrames(lines, stack)
        .slice(0, 5)
        .map((index) => lines[index]),
    ).toEqual([lines[1], lines[2], lines[12], lines[13], lines[14]]);
  });

  test('is the same as another where they differ in addresses, and not where they differ in lines', () => {
    const [one, two, three] = [
      ['0x1f', 61],
      ['0x2e', 61],
      ['0x1f', 62],
    ].map(([address, line]) => findStackTraces([`main.loop(${address})`, `\t/srv/app/loop.go:${line} +0x8c`])[0]?.key);
    expect(one).toBe(two);
    expect(one).not.toBe(three);
  });

  test('is found in time in proportion to a hostile text', () => {
    const lines = [
      ...Array.from({ length: 3_000 }, () => '\tat '.repeat(100)),
      ...Array.from({ length: 3_000 }, () => `${':1'.repeat(400)}:in`),
      ...Array.from({ length: 3_000 }, () => '    at f ()'),
    ];
    const start = performance.now();
    findStackTraces(lines);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
