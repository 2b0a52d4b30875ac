import { AsyncLocalStorage } from 'node:async_hooks';
import { saysToolFailed } from '../../compression/agents-items.ts';
import type { Outcome } from '../../events/event.ts';
import { createIds } from '../../events/ids.ts';
import { jsonOrText } from '../../json-or-text.ts';
import { currentRun, withinRun, type RunScope } from '../../hooks/run-scope.ts';
import { AgentRun } from '../runs/agent-run.ts';
import type { RunEnding } from '../runs/run-ending.ts';
import type { RunHooks } from '../runs/run-hooks.ts';
import { fieldOf, textAt } from '../field-of.ts';
import type { RunObserver } from './observed-runner.ts';

/** Who runs, and with what. */
export interface RunFacts {
  readonly hooks: RunHooks;
  readonly observer: RunObserver;
  readonly agent: unknown;
  /** The agent's name in events, in place of its own. */
  readonly agentName: string | undefined;
  readonly sessionId: string | undefined;
  readonly model: { readonly provider?: string; readonly model?: string };
  /** What may abort it. */
  readonly signal: AbortSignal | undefined;
}

const nextId = createIds();

/** Its runner says what it does to whoever listens, and not for which run. */
const observedRuns = new AsyncLocalStorage<ObservedRun>();

/** The run that this code is part of, if it is one of a runner that is observed. */
export function currentObservedRun(): ObservedRun | undefined {
  return observedRuns.getStore();
}

/**
 * One run of a runner. An agent that it is handed to has a run of its own, under the run of the agent that it began with,
 * until the next handoff or the end: what happens meanwhile belongs to that one.
 */
export class ObservedRun {
  readonly observer: RunObserver;
  /** Settles when the pre hooks of the agent in charge were told; rejects when one of them stops its run. */
  begun: Promise<void> = Promise.resolve();
  private readonly facts: RunFacts;
  private readonly main: AgentRun;
  private active: AgentRun;
  /** Always that of the run that is active. */
  private readonly scope: RunScope;

  constructor(facts: RunFacts) {
    const around = currentRun();
    this.observer = facts.observer;
    this.facts = facts;
    this.main = new AgentRun(facts.hooks, {
      runId: nextId('run'),
      parentRunId: around?.runId,
      sessionId: facts.sessionId ?? around?.sessionId,
      agent: facts.agentName ?? textAt(facts.agent, 'name'),
    });
    this.active = this.main;
    this.scope = followScope(() => this.active.scope);
  }

  /** Tells the pre hooks. Rejects when one of them stops the run. */
  begin(input: unknown): Promise<void> {
    this.begun = this.main.begin({ ...this.facts.model, input });
    return this.begun;
  }

  within<Result>(callback: () => Result): Result {
    return observedRuns.run(this, () => this.main.within(() => withinRun(this.scope, callback)));
  }

  endWhenAborted(): void {
    this.main.endWhenAborted(this.facts.signal);
  }

  /** Tells the post hooks, of the agent in charge first. Never rejects. */
  async end(ending: RunEnding): Promise<void> {
    // At once, since the caller may be told of the end in the same turn.
    await Promise.all([this.leaveActive(ending), this.main.end(ending)]);
  }

  handOff(to: unknown): void {
    void this.leaveActive({ outcome: 'ok', endedBy: 'host', finishReason: 'tool-calls' });
    if (to === this.facts.agent || this.main.hasEnded) return;
    const { runId, sessionId } = this.main.scope;
    this.active = new AgentRun(this.facts.hooks, {
      runId: nextId('run'),
      parentRunId: runId,
      sessionId,
      agent: textAt(to, 'name'),
    });
    this.begun = this.active.begin({});
    // The next call waits for it, and hears of it.
    this.begun.catch(() => {});
  }

  startTool(tool: unknown, details: unknown): void {
    const { toolCallId, toolName, input } = toolOf(tool, details);
    this.active.startTool({ toolCallId, toolName, input });
  }

  endTool(tool: unknown, result: unknown, details: unknown): void {
    const { toolCallId, toolName } = toolOf(tool, details);
    const call = { runId: this.active.scope.runId, toolCallId, toolName };
    const outcome = this.outcomeOfTool(result);
    for (const runs of this.facts.hooks.runs) runs.endTool({ ...call, outcome, output: result });
  }

  reportFault(message: string, error: unknown): void {
    this.main.reportFault(message, error);
  }

  /** The SDK makes a text of what a tool throws, and of an abort, before anyone is told. */
  private outcomeOfTool(result: unknown): Outcome {
    if (this.facts.signal?.aborted === true) return 'aborted';
    return typeof result === 'string' && saysToolFailed(result) ? 'error' : 'ok';
  }

  private leaveActive(ending: RunEnding): Promise<void> {
    const left = this.active;
    this.active = this.main;
    this.begun = Promise.resolve();
    return left === this.main ? Promise.resolve() : left.end(ending);
  }
}

function toolOf(tool: unknown, details: unknown): { toolCallId: string; toolName: string; input: unknown } {
  const call = fieldOf(details, 'toolCall');
  const toolName = textAt(tool, 'name') ?? textAt(call, 'name') ?? 'unknown';
  return {
    toolCallId: textAt(call, 'callId') ?? toolName,
    toolName,
    input: jsonOrText(fieldOf(call, 'arguments')),
  };
}

/** A scope that says what another says at the time. */
function followScope(scope: () => RunScope): RunScope {
  return {
    get runId() {
      return scope().runId;
    },
    get parentRunId() {
      return scope().parentRunId;
    },
    get sessionId() {
      return scope().sessionId;
    },
    get agent() {
      return scope().agent;
    },
  };
}
