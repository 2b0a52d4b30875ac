import { createIds } from '../../events/ids.ts';
import { outcomeOf } from '../../hooks/outcome-of.ts';
import { currentRun } from '../../hooks/run-scope.ts';
import { AgentRun } from '../runs/agent-run.ts';
import type { RunEnding } from '../runs/run-ending.ts';
import type { RunHooks } from '../runs/run-hooks.ts';
import { fieldOf } from '../field-of.ts';
import type { NodeCall, OrchestratorState, StrandsMultiAgent, StrandsOrchestrator } from './strands-shapes.ts';

const nextId = createIds();

/** The run of the graph or swarm that called an agent, or another graph, as one of its nodes last. */
const runsOfNodes = new WeakMap<object, AgentRun>();

/** The run that an agent, or a graph, works for as a node, if any. */
export function runOfNode(node: object): AgentRun | undefined {
  const run = runsOfNodes.get(node);
  return run?.hasEnded === true ? undefined : run;
}

/** Tells of the runs of one graph or swarm. The runs of its agents are under them. */
export class ObservedOrchestrator {
  private readonly orchestrator: StrandsOrchestrator;
  private readonly hooks: RunHooks;
  private readonly runs = new WeakMap<OrchestratorState, AgentRun>();

  constructor(orchestrator: StrandsOrchestrator, hooks: RunHooks) {
    this.orchestrator = orchestrator;
    this.hooks = hooks;
  }

  observe(events: StrandsMultiAgent): void {
    const { orchestrator } = this;
    orchestrator.addHook(events.BeforeMultiAgentInvocationEvent as never, ({ state }: NodeCall) => this.begin(state));
    orchestrator.addHook(events.BeforeNodeCallEvent as never, (call: NodeCall) => this.adopt(call));
    orchestrator.addHook(events.AfterMultiAgentInvocationEvent as never, ({ state }: NodeCall) =>
      this.runs.get(state)?.end(endOf(state)),
    );
  }

  private async begin(state: OrchestratorState): Promise<void> {
    const around = runOfNode(this.orchestrator)?.scope ?? currentRun();
    const run = new AgentRun(this.hooks, {
      runId: nextId('run'),
      parentRunId: around?.runId,
      sessionId: around?.sessionId,
      agent: this.orchestrator.id,
    });
    this.runs.set(state, run);
    await run.begin({});
  }

  private adopt({ orchestrator, state, nodeId }: NodeCall): void {
    const run = this.runs.get(state);
    const node = orchestrator.nodes?.get(nodeId);
    const worker = fieldOf(node, 'agent') ?? fieldOf(node, 'orchestrator');
    if (run !== undefined && typeof worker === 'object' && worker !== null) runsOfNodes.set(worker, run);
  }
}

/** Strands says how each node went, and not how all did. One that is still at work was left. */
function endOf({ nodes }: OrchestratorState): RunEnding {
  const states = [...nodes.values()];
  const failed = states.find(({ status }) => status === 'FAILED');
  if (failed !== undefined) {
    const error = fieldOf(failed.results.at(-1), 'error');
    return { outcome: outcomeOf(error), endedBy: 'host', error };
  }
  if (states.some(({ status }) => status === 'EXECUTING')) return { outcome: 'aborted', endedBy: 'reader' };
  if (states.some(({ status }) => status === 'CANCELLED')) return { outcome: 'aborted', endedBy: 'host' };
  return { outcome: 'ok', endedBy: 'host' };
}
