import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SELECTIONS, STRATEGIES } from '../../src/compression/strategies/all-strategies.ts';

const folder = new URL('../../docs/strategies/', import.meta.url);
const pages = new Map(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));

describe('the guide pages', () => {
  test.each([...STRATEGIES, ...SELECTIONS].map(({ name }) => name))('know the strategy %s', (name) => {
    const about = [...pages.values()].filter((page) => page.includes(`\`${name}\``));
    expect(about).not.toEqual([]);
  });

  test.each([...pages])(
    '%s says what is seen, what is written, with an example, and what never happens',
    (_name, page) => {
      expect(page).toMatch(/^(?:\*\*Sees\*\*|## What it sees)/m);
      expect(page).toMatch(/^(?:\*\*Writes\*\*|## What it writes)/m);
      expect(page).toMatch(/^(?:\*\*Never\*\*|## What it never does)/m);
      expect(page).toMatch(/^```/m);
    },
  );
});
