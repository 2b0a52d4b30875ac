import type { ModelEnd, Savings } from '../events/event.ts';
import { addUsage, type TokenUsage } from '../tokens/normalize-usage.ts';
import { NO_SAVINGS } from './add-savings.ts';
import type { RunScope } from './run-scope.ts';

export interface OpenTool {
  /** As it is published: unique in its run. */
  readonly toolCallId: string;
  readonly toolName: string;
  /** Whether it was known from the start what it is called with. */
  readonly hasInput: boolean;
  readonly startedMs: number;
}

/** Tool calls of one run that may be open at once. */
const MOST_OPEN_TOOLS = 1_000;
/** Tool call ids of one run that are remembered, to tell a second use from the first. */
const REMEMBERED_TOOL_CALLS = 10_000;

/** What the run table knows of a run until it ends. */
export class OpenRun {
  readonly scope: RunScope;
  readonly startedMs: number;
  lastActiveMs: number;
  /** Whether its host has opened it for a call that it has yet to make. */
  awaitsCall = false;
  provider: string | undefined;
  model: string | undefined;
  stepCount = 0;
  modelCallCount = 0;
  toolCallCount = 0;
  /** What its wrapped model calls used; `undefined` while none has said. */
  usage: TokenUsage | undefined;
  savings: Savings = NO_SAVINGS;
  /** What its model calls cost and saved, as far as it is known. */
  costUsd: number | undefined;
  costSavedUsd: number | undefined;
  /** By the id that the host knows the call by. */
  readonly tools = new Map<string, OpenTool>();
  private readonly timesUsed = new Map<string, number>();

  constructor(
    scope: RunScope,
    calls: { readonly provider?: string | undefined; readonly model?: string | undefined },
    nowMs: number,
  ) {
    this.scope = scope;
    this.startedMs = nowMs;
    this.lastActiveMs = nowMs;
    this.provider = calls.provider;
    this.model = calls.model;
  }

  countModelCall(provider: string, model: string): void {
    this.modelCallCount += 1;
    this.provider ??= provider;
    this.model ??= model;
  }

  endModelCall({ usage, costUsd, costSavedUsd }: Pick<ModelEnd, 'usage' | 'costUsd' | 'costSavedUsd'>): void {
    this.usage = addUsage(this.usage, usage);
    if (costUsd !== undefined) this.costUsd = (this.costUsd ?? 0) + costUsd;
    if (costSavedUsd !== undefined) this.costSavedUsd = (this.costSavedUsd ?? 0) + costSavedUsd;
  }

  /** Opens a tool call, unless it is open. */
  openTool(
    { toolCallId, toolName, input }: Pick<OpenTool, 'toolCallId' | 'toolName'> & { readonly input?: unknown },
    nowMs: number,
  ): OpenTool | undefined {
    if (this.tools.has(toolCallId)) return undefined;
    const hasInput = input !== undefined;
    const tool = { toolCallId: this.uniqueId(toolCallId), toolName, hasInput, startedMs: nowMs };
    this.tools.set(toolCallId, tool);
    this.toolCallCount += 1;
    return tool;
  }

  /** Takes out the tool call that is open longest, when there are too many. */
  takeSurplusTool(): OpenTool | undefined {
    return dropOldest(this.tools, MOST_OPEN_TOOLS);
  }

  /** Some providers count their calls anew in every step, and a pair of events needs an id of its own. */
  private uniqueId(toolCallId: string): string {
    let count = (this.timesUsed.get(toolCallId) ?? 0) + 1;
    let unique = count === 1 ? toolCallId : `${toolCallId}~${count}`;
    while (count > 1 && this.timesUsed.has(unique)) {
      count += 1;
      unique = `${toolCallId}~${count}`;
    }
    this.remember(toolCallId, count);
    if (unique !== toolCallId) this.remember(unique, 1);
    return unique;
  }

  private remember(toolCallId: string, count: number): void {
    this.timesUsed.delete(toolCallId);
    this.timesUsed.set(toolCallId, count);
    dropOldest(this.timesUsed, REMEMBERED_TOOL_CALLS);
  }
}

function dropOldest<Value>(map: Map<string, Value>, limit: number): Value | undefined {
  if (map.size <= limit) return undefined;
  for (const [key, value] of map) {
    map.delete(key);
    return value;
  }
  return undefined;
}
