import { jsonOrText } from '../../json-or-text.ts';
import type { ToolEnding } from '../../hooks/run-table.ts';
import { BoundedMap } from '../../bounded-map.ts';
import { CallTree, MOST_OPEN, type GraphNode, type GraphRun } from './call-tree.ts';
import { endOfGraphError, endOfOutputs, outcomeOfTool } from './end-of-graph.ts';
import { fieldOf, textAt } from '../field-of.ts';

/** A callback handler as `callbacks` of LangChain's configs take them. */
export interface RunCallbacks {
  readonly name: string;
  readonly awaitHandlers: boolean;
  readonly raiseError: boolean;
  handleChainStart(
    chain: unknown,
    inputs: unknown,
    callId: string,
    parentId?: string,
    tags?: string[],
    metadata?: Record<string, unknown>,
  ): void;
  handleChainEnd(outputs: unknown, callId: string): Promise<void>;
  handleChainError(error: unknown, callId: string): Promise<void>;
  handleToolStart(
    tool: unknown,
    input: string,
    callId: string,
    parentId?: string,
    tags?: string[],
    metadata?: Record<string, unknown>,
    name?: string,
    toolCallId?: string,
  ): Promise<void>;
  handleToolEnd(output: unknown, callId: string): void;
  handleToolError(error: unknown, callId: string): void;
}

/** Shared, since an agent in a tool may have a middleware, and so callbacks, of its own. */
export const callTree = new CallTree();

interface OpenTool {
  readonly graph: GraphRun;
  readonly toolCallId: string;
  readonly toolName: string;
}

/**
 * Sees what a middleware can not: that a graph ended, failed, was aborted or left by its reader, and its tools, which a
 * middleware that wraps them would keep LangChain from answering for when they throw.
 */
export class GraphCallbacks implements RunCallbacks {
  readonly name = 'headroom';
  // LangChain waits for it, so that what a node is part of is known before the node runs.
  readonly awaitHandlers = true;
  readonly raiseError = false;
  private readonly open: (node: GraphNode, threadId: string | undefined) => GraphRun;
  private readonly tools = new BoundedMap<OpenTool>(MOST_OPEN);

  /** `open` finds the run of a graph, or begins it. */
  constructor(open: (node: GraphNode, threadId: string | undefined) => GraphRun) {
    this.open = open;
  }

  handleChainStart(
    _chain: unknown,
    _inputs: unknown,
    callId: string,
    parentId?: string,
    tags?: string[],
    metadata?: Record<string, unknown>,
  ): void {
    const place = textAt(metadata, 'langgraph_checkpoint_ns');
    const isNode = Array.isArray(tags) && tags.some((tag) => tag.startsWith('graph:step:'));
    if (!isNode || place === undefined || parentId === undefined) callTree.open(callId, parentId);
    else callTree.openNode(callId, { graphId: parentId, place, agent: textAt(metadata, 'lc_agent_name') });
  }

  async handleChainEnd(outputs: unknown, callId: string): Promise<void> {
    callTree.close(callId);
    const graph = callTree.takeRun(callId);
    await graph?.run.end(endOfOutputs(outputs, graph.finishReason));
  }

  async handleChainError(error: unknown, callId: string): Promise<void> {
    callTree.close(callId);
    await callTree.takeRun(callId)?.run.end(endOfGraphError(error));
  }

  async handleToolStart(
    tool: unknown,
    input: string,
    callId: string,
    parentId?: string,
    _tags?: string[],
    metadata?: Record<string, unknown>,
    name?: string,
    toolCallId?: string,
  ): Promise<void> {
    if (!callTree.open(callId, parentId)) return;
    const node = callTree.nodeAt(textAt(metadata, 'langgraph_checkpoint_ns'));
    // A tool that calls another is the one that the model asked for.
    if (node === undefined || (parentId !== undefined && this.tools.has(parentId))) return;
    // A graph that goes on after an interrupt may begin with a tool.
    const graph = this.open(node, textAt(metadata, 'thread_id'));
    await graph.begun.catch(() => {});
    const opened = { toolCallId: toolCallId ?? callId, toolName: name ?? textAt(tool, 'name') ?? 'unknown' };
    this.tools.set(callId, { graph, ...opened });
    graph.run.startTool({ ...opened, input: jsonOrText(input) });
  }

  handleToolEnd(output: unknown, callId: string): void {
    const outcome = fieldOf(output, 'status') === 'error' ? 'error' : 'ok';
    this.endTool(callId, { outcome, output: fieldOf(output, 'content') ?? output });
  }

  handleToolError(error: unknown, callId: string): void {
    this.endTool(callId, { outcome: outcomeOfTool(error), error });
  }

  private endTool(callId: string, ending: ToolEnding): void {
    callTree.close(callId);
    const tool = this.tools.take(callId);
    if (tool === undefined) return;
    const { graph, toolCallId, toolName } = tool;
    const call = { runId: graph.run.scope.runId, toolCallId, toolName };
    for (const runs of graph.hooks.runs) runs.endTool({ ...call, ...ending });
  }
}
