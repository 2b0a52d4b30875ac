#!/usr/bin/env node
import { explainOldNode } from './cli/node-version.ts';

const problem = explainOldNode(process.versions.node);
if (problem === undefined) {
  // Not before: what an older Node can not even load would end in a stack trace.
  const { main } = await import('./cli/main.ts');
  await main(process);
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
}
