import { BoundedMap } from '../../bounded-map.ts';
import type { AgentRun } from '../runs/agent-run.ts';
import type { RunHooks } from '../runs/run-hooks.ts';

/** A run of a graph that hooks were told of. */
export interface GraphRun {
  readonly run: AgentRun;
  readonly hooks: RunHooks;
  /** Settles when the pre hooks were told; rejects when one of them stops the run. */
  readonly begun: Promise<void>;
  finishReason: string | undefined;
}

/** A node of a graph that is being run. */
export interface GraphNode {
  /** LangChain's id of the run of the graph. */
  readonly graphId: string;
  /** Within the places of the nodes around it: `tools:<id>|model_request:<id>`. No two tasks share one. */
  readonly place: string;
  /** The name of the agent, where it has one. */
  readonly agent: string | undefined;
}

/** A call that LangChain tells its callbacks of, by the id that it gives it. */
interface Call {
  readonly parentId: string | undefined;
  readonly place: string | undefined;
}

/** Calls, nodes, runs and tools that are remembered of each kind; the oldest goes first, whose end nobody told of. */
export const MOST_OPEN = 10_000;

/**
 * The calls of graphs, nodes and tools that are open in this process: which node belongs to which run of a graph, and
 * which of them works inside a tool of another. Callbacks are handed down to agents in tools, so that several may tell of
 * one call: whoever comes first does.
 */
export class CallTree {
  private readonly calls = new BoundedMap<Call>(MOST_OPEN);
  private readonly nodes = new BoundedMap<GraphNode>(MOST_OPEN);
  private readonly runs = new BoundedMap<GraphRun>(MOST_OPEN);

  /** Calls, nodes and runs that are remembered. */
  get openCount(): number {
    return this.calls.size + this.nodes.size + this.runs.size;
  }

  /** Whether nobody told of it before. */
  open(callId: string, parentId: string | undefined): boolean {
    if (this.calls.has(callId)) return false;
    this.calls.set(callId, { parentId, place: undefined });
    return true;
  }

  openNode(callId: string, node: GraphNode): void {
    if (this.calls.has(callId)) return;
    this.calls.set(callId, { parentId: node.graphId, place: node.place });
    this.nodes.set(node.place, node);
  }

  /** Whether it was open. */
  close(callId: string): boolean {
    const call = this.calls.take(callId);
    if (call?.place !== undefined) this.nodes.take(call.place);
    return call !== undefined;
  }

  nodeAt(place: string | undefined): GraphNode | undefined {
    return place === undefined ? undefined : this.nodes.get(place);
  }

  runOf(graphId: string | undefined): GraphRun | undefined {
    return graphId === undefined ? undefined : this.runs.get(graphId);
  }

  addRun(graphId: string, run: GraphRun): void {
    this.runs.set(graphId, run);
  }

  takeRun(graphId: string): GraphRun | undefined {
    return this.runs.take(graphId);
  }

  /** The run in one of whose tools the graph of this node works, if any. */
  runAround({ graphId, place }: GraphNode): AgentRun | undefined {
    return this.runAmongCallers(graphId) ?? this.runAtOuterPlace(place);
  }

  private runAmongCallers(graphId: string): AgentRun | undefined {
    const seen = new Set<string>();
    let callId = this.calls.get(graphId)?.parentId;
    while (callId !== undefined && !seen.has(callId)) {
      seen.add(callId);
      const found = this.runs.get(callId);
      if (found !== undefined) return found.run;
      callId = this.calls.get(callId)?.parentId;
    }
    return undefined;
  }

  /** Up to LangChain 1.5.11, callbacks of its own cut an agent off from its callers. Its place is handed down all the same. */
  private runAtOuterPlace(place: string): AgentRun | undefined {
    for (let end = place.lastIndexOf('|'); end > 0; end = place.lastIndexOf('|', end - 1)) {
      const found = this.runOf(this.nodes.get(place.slice(0, end))?.graphId);
      if (found !== undefined) return found.run;
    }
    return undefined;
  }
}
