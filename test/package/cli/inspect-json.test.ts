import { expect, test } from 'vitest';
import { z } from 'zod';
import { CONTENT_KINDS } from '../../../src/compression/content.ts';
import { DECISION_REASONS } from '../../../src/compression/decision.ts';
import { RESTORATIONS } from '../../../src/cli/restore-result.ts';
import { runCli } from './run-cli.ts';
import { CONVERSATION, LOG, ORDERS } from './sample-conversation.ts';

const count = z.number().int().nonnegative();
const savings = z.strictObject({ tokensBefore: count, tokensAfter: count, tokensSaved: z.number().int() });
const range = z.strictObject({ first: z.number().int().positive(), last: z.number().int().positive() });

/** The shape that docs/inspect.md describes, and nothing else. */
const Report = z.strictObject({
  version: z.literal(1),
  input: z.strictObject({ name: z.string(), readAs: z.enum(['messages', 'result']), messageCount: count }),
  options: z.strictObject({
    model: z.string(),
    provider: z.string().optional(),
    tokenFamily: z.enum(['o200k', 'cl100k', 'claude', 'gemini', 'llama', 'mistral']),
    loss: z.enum(['none', 'recoverable', 'allowed']),
    minTokens: count.optional(),
    targetTokens: count.optional(),
    maxTokens: count.optional(),
    verify: z.boolean(),
  }),
  metrics: z.strictObject({
    ...savings.shape,
    savingsPercent: z.number().min(0).max(100),
    transformsApplied: z.array(z.string()),
    byTool: z.record(z.string(), savings),
    byStrategy: z.record(z.string(), savings),
  }),
  decisions: z.array(
    z.strictObject({
      number: z.number().int().positive(),
      messageIndex: count,
      partIndex: count.optional(),
      blockIndex: count.optional(),
      toolName: z.string().optional(),
      toolCallId: z.string().optional(),
      contentKind: z.enum(CONTENT_KINDS),
      strategy: z.string(),
      reason: z.enum(DECISION_REASONS),
      tokensBefore: count,
      tokensAfter: count,
      tokensSaved: z.number().int(),
      savingsPercent: z.number(),
      isNew: z.boolean(),
      isOverMax: z.boolean().optional(),
      restoration: z.enum(RESTORATIONS),
      rewriting: z
        .strictObject({
          strategy: z.string(),
          form: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
          retrievalId: z.string().optional(),
          leftOut: z
            .strictObject({ unit: z.enum(['rows', 'lines', 'values', 'parts']), total: count, ranges: z.array(range) })
            .optional(),
        })
        .optional(),
      textBefore: z.string().optional(),
      textAfter: z.string().optional(),
    }),
  ),
  faults: z.array(z.strictObject({ where: z.string(), name: z.string(), message: z.string() })),
});

const reportOf = (args: readonly string[], input: string): z.infer<typeof Report> => {
  const { status, stdout, stderr } = runCli(['inspect', '-', '--json', ...args], { input });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return Report.parse(JSON.parse(stdout));
};

test('has the documented shape, with sums that add up and without content', () => {
  const report = reportOf([], JSON.stringify(CONVERSATION));
  expect(report.input).toEqual({ name: 'standard input', readAs: 'messages', messageCount: 4 });
  expect(report.options).toMatchObject({ model: 'gpt-4o', loss: 'recoverable', verify: true });
  expect(report.decisions.map(({ number, toolName, messageIndex }) => [number, toolName, messageIndex])).toEqual([
    [1, 'list_orders', 2],
    [2, 'read_log', 3],
  ]);
  const sum = report.decisions.reduce((total, { tokensSaved }) => total + tokensSaved, 0);
  expect(report.metrics.tokensSaved).toBe(sum);
  expect(JSON.stringify(report)).not.toContain('card declined');
});

test('has the texts where they are asked for', () => {
  const [decision] = reportOf(['--texts', '--query', 'Which order failed?'], ORDERS).decisions;
  expect(decision?.textBefore).toBe(ORDERS);
  expect(decision?.textAfter).toContain('card declined');
  expect(decision?.textAfter).toContain(decision?.rewriting?.retrievalId);
  expect(decision?.restoration).toBe('exact');
});

test('is the same for the same input', () => {
  const [one, other] = [1, 2].map(() => runCli(['inspect', '-', '--json', '--texts'], { input: LOG }).stdout);
  expect(other).toBe(one);
});

test('tells of unchanged, unchecked and given up results', () => {
  const restorations = (args: readonly string[]): readonly string[] =>
    reportOf(args, LOG).decisions.map(({ restoration }) => restoration);
  expect(restorations(['--min-tokens', '1000000'])).toEqual(['unchanged']);
  expect(restorations(['--no-verify'])).toEqual(['not-checked']);
  expect(restorations(['--loss', 'allowed'])).toEqual(['given-up']);
});

test('goes by the limits that it is given, and says which result could not be held to them', () => {
  const [decision] = reportOf(['--max-tokens', '300'], LOG).decisions;
  expect(decision?.tokensAfter).toBeLessThanOrEqual(300);
  const [whole] = reportOf(['--max-tokens', '300', '--loss', 'none'], LOG).decisions;
  expect(whole).toMatchObject({ isOverMax: true });
  const [smaller, larger] = ['200', '900'].map((tokens) => reportOf(['--target-tokens', tokens], LOG).decisions[0]);
  expect(smaller?.tokensAfter).toBeLessThan(larger?.tokensAfter ?? 0);
});
