import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** The package is linked here, and would else look for Strands where it really is. */
const FLAGS = ['--experimental-strip-types', '--no-warnings', '--preserve-symlinks'];

function run(...words: readonly string[]): string {
  const options = { cwd: import.meta.dirname, encoding: 'utf8', timeout: 60_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...FLAGS, ...words], options);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

it('examples/strands.ts runs as it is, and finds the Strands that is installed beside it', () => {
  const stdout = run('example.ts');
  const [ending, answer] = stdout.trimEnd().split('\n');
  expect(ending).toMatch(/^shopkeeper: ok, \d+ of \d+ tokens saved\.$/);
  expect(answer).toBe('Order 37 failed.');
});

it('a graph and the tools of the hooks find it too', () => {
  const program = `
    import { Agent, Graph, ToolResultBlock } from '@strands-agents/sdk';
    import { createHeadroomHooks } from 'headroom-hooks';
    import { createHeadroomPlugin, headroomTools } from 'headroom-hooks/strands';
    const agent = new Agent({ model: 'any', id: 'first', printer: false });
    await new Graph({ nodes: [agent], edges: [], plugins: [createHeadroomPlugin()], maxSteps: 3 }).initialize();
    const [tool] = headroomTools(createHeadroomHooks());
    const { value } = await tool.stream({ toolUse: { toolUseId: 't1', input: { id: '0'.repeat(24) } } }).next();
    console.log(value instanceof ToolResultBlock, value.toolUseId, value.status);
  `;
  expect(run('--input-type=module', '--eval', program)).toBe('true t1 success\n');
});
