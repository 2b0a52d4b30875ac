import type { CompressionEnd } from '../../events/event.ts';
import type { CallLabelSets, LabelSets } from './label-sets.ts';
import type { LabelsOf } from './metrics.ts';
import type { Recorders } from './recorders.ts';
import { SKIP_REASONS } from './start-at-zero.ts';

type ToolLabels = LabelsOf<'headroom_tool_results_input_tokens_total'>;

const REASONS: ReadonlyMap<string, { readonly reason: string }> = new Map(
  [...SKIP_REASONS, 'other'].map((reason) => [reason, { reason }]),
);
const OTHER_REASON = { reason: 'other' };

/**
 * Tokens of one prompt as it was sent. Input is output and saved, for every tool and so for every sum. A retry sends a
 * prompt that was counted already. Decisions are added up before they are written: a prompt carries the results of all
 * turns before it.
 */
export function recordCompression(
  record: Recorders,
  event: CompressionEnd,
  { sets, call, agent }: { readonly sets: LabelSets } & Pick<CallLabelSets, 'call' | 'agent'>,
): void {
  record.headroom_compression_duration_seconds(agent, event.durationMs / 1000);
  if (event.isRetry) return;
  const isAudit = event.mode === 'audit';
  const total = { input: 0, output: 0 };
  const byTool = new Map<ToolLabels, { input: number; output: number }>();
  const skipped = new Map<LabelsOf<'headroom_compression_skipped_total'>, number>();
  for (const decision of event.decisions) {
    const { toolName = 'unknown', tokensBefore } = decision;
    // An audit tells what would have been sent; what was sent is the text as it was.
    const tokensAfter = isAudit ? tokensBefore : decision.tokensAfter;
    if (!isCount(tokensBefore) || !isCount(tokensAfter)) continue;
    const labels = sets.tools.get(toolName, isAudit ? 'none' : decision.strategy);
    let sums = byTool.get(labels);
    if (sums === undefined) {
      sums = { input: 0, output: 0 };
      byTool.set(labels, sums);
    }
    sums.input += tokensBefore;
    sums.output += tokensAfter;
    total.input += tokensBefore;
    total.output += tokensAfter;
    const reason = isAudit && decision.reason === 'compressed' ? 'audit' : decision.reason;
    if (reason === 'compressed') continue;
    const why = REASONS.get(reason) ?? OTHER_REASON;
    skipped.set(why, (skipped.get(why) ?? 0) + 1);
  }
  for (const [why, count] of skipped) record.headroom_compression_skipped_total(why, count);
  for (const [labels, { input, output }] of byTool) {
    record.headroom_tool_results_input_tokens_total(labels, input);
    record.headroom_tool_results_output_tokens_total(labels, output);
    record.headroom_tool_results_saved_tokens_total(labels, input - output);
  }
  if (byTool.size === 0) return;
  record.headroom_compression_input_tokens_total(call, total.input);
  record.headroom_compression_output_tokens_total(call, total.output);
  record.headroom_compression_saved_tokens_total(call, total.input - total.output);
  if (total.input > 0) {
    record.headroom_compression_savings_ratio(agent, (total.input - total.output) / total.input);
  }
}

function isCount(tokens: number): boolean {
  return Number.isFinite(tokens) && tokens >= 0;
}
