import { HeadroomError } from '../../headroom-error.ts';
import type { AgentsRunner, RunnerEvents } from './agents-sdk.ts';
import { currentObservedRun, type ObservedRun } from './observed-run.ts';

/** What a runner was asked to do: `run(agent, input, options)`. */
export interface RunnerCall {
  readonly runner: AgentsRunner;
  readonly agent: unknown;
  readonly input: unknown;
  readonly options: unknown;
  /** Does it. */
  readonly run: () => Promise<unknown>;
}

/** Sees the runs of runners. */
export interface RunObserver {
  /** Resolves and rejects as the run does. */
  observe(call: RunnerCall): Promise<unknown>;
}

type Run = (this: AgentsRunner, ...call: unknown[]) => Promise<unknown>;

const observers = new WeakMap<AgentsRunner, RunObserver>();
const observedClasses = new WeakSet<object>();
const heard = new WeakSet<AgentsRunner>();

/** Whether it was not observed before. Throws a `HeadroomError` for what is not a runner, and for one that another observes. */
export function observeRunner(runner: AgentsRunner, observer: RunObserver): boolean {
  if (typeof runner?.run !== 'function' || typeof runner.on !== 'function') {
    throw new HeadroomError('invalid-option', 'attach() takes a Runner of the OpenAI Agents SDK: new Runner().');
  }
  const known = observers.get(runner);
  if (known !== undefined && known !== observer) {
    throw new HeadroomError('invalid-option', 'This runner is attached already: its runs would be told of twice.');
  }
  observers.set(runner, observer);
  observeClassOf(runner);
  return known === undefined;
}

/**
 * Makes the `run` of a class of runners look whether it is observed. An agent in a tool (`agent.asTool()`) is run by a
 * runner that the SDK makes for it, of that same class, which there is no other way to see. Where neither the runner is
 * attached nor a run around it observed, `run` is what it was.
 */
function observeClassOf(runner: AgentsRunner): void {
  const owner = ownerOfRun(runner);
  if (observedClasses.has(owner)) return;
  observedClasses.add(owner);
  const original = Reflect.get(owner, 'run') as Run;
  const run: Run = function (...call) {
    const observer = observers.get(this) ?? currentObservedRun()?.observer;
    const goOn = (): Promise<unknown> => original.apply(this, call);
    if (observer === undefined) return goOn();
    listenTo(this);
    const [agent, input, options] = call;
    return observer.observe({ runner: this, agent, input, options, run: goOn });
  };
  Object.defineProperty(owner, 'run', { value: run, writable: true, enumerable: false, configurable: true });
}

/** The class of the SDK, beneath those that users derive from it. */
function ownerOfRun(runner: AgentsRunner): object {
  let owner: object = runner;
  for (let at: object | null = runner; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (Object.hasOwn(at, 'run')) owner = at;
  }
  return owner;
}

/** A runner tells of all its runs in one place; each is told in the course of the run that it is of. */
function listenTo(runner: AgentsRunner): void {
  if (heard.has(runner)) return;
  heard.add(runner);
  const on = <Type extends keyof RunnerEvents>(
    type: Type,
    tell: (run: ObservedRun, ...event: RunnerEvents[Type]) => void,
  ): void => {
    const listener = (...event: RunnerEvents[Type]): void => {
      const run = currentObservedRun();
      if (run === undefined) return;
      try {
        tell(run, ...event);
      } catch (error) {
        run.reportFault('A handoff or a tool call could not be reported.', error);
      }
    };
    runner.on(type as never, listener as never);
  };
  on('agent_handoff', (run, _context, _from, to) => run.handOff(to));
  on('agent_tool_start', (run, _context, _agent, tool, details) => run.startTool(tool, details));
  on('agent_tool_end', (run, _context, _agent, tool, result, details) => run.endTool(tool, result, details));
}
