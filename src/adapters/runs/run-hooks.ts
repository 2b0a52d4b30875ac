import { isAnything, isString } from '../../check-options.ts';
import type { HeadroomEvents } from '../../events/bus.ts';
import { HeadroomError } from '../../headroom-error.ts';
import { fieldOf } from '../field-of.ts';
import type { PostHook, PreHook, RunInput, RunOutput } from '../../hooks/hook.ts';
import type { RunTable } from '../../hooks/run-table.ts';

/** The hooks of one agent, checked, and what they are known to report to. */
export interface RunHooks {
  readonly preHooks: readonly ((input: RunInput) => void | Promise<void>)[];
  readonly postHooks: readonly ((output: RunOutput) => void | Promise<void>)[];
  /** Run tables of the hooks, each once: they are told of steps and tools too. */
  readonly runs: readonly Pick<RunTable, 'step' | 'startTool' | 'endTool'>[];
  /** Buses of the hooks and of the model, each once: a hook that fails is reported there. */
  readonly events: readonly Pick<HeadroomEvents, 'fault' | 'on'>[];
}

/** The settings in which hooks, and what hooks have to go together with, are found. */
export interface HookSettings {
  readonly preHooks?: unknown;
  readonly postHooks?: unknown;
  readonly model?: unknown;
  readonly telemetry?: unknown;
}

/** Checks of the options that adapters share; `checkHooks` looks at the hooks themselves. */
export const RUN_OPTION_CHECKS = { preHooks: isAnything, postHooks: isAnything, agent: isString } as const;

/** On integrations that `hooks.telemetry()` makes: the run table that they tell. */
const REPORTS_TO = Symbol.for('headroom.ai-sdk-integration');

/**
 * Throws a `HeadroomError` for anything that is not a hook, and for hooks that would be told of every run twice. `owner` is
 * what was given the hooks, for the messages.
 */
export function checkHooks(owner: string, { preHooks = [], postHooks = [], model, telemetry }: HookSettings): RunHooks {
  const before = listOf(`preHooks of ${owner}`, preHooks);
  const after = listOf(`postHooks of ${owner}`, postHooks);
  const hooks = [...before, ...after];
  const runs = unique(hooks.map((hook) => fieldOf(hook, 'runs')).filter(isRunTable));
  const integrations = [fieldOf(telemetry, 'integrations') ?? []].flat();
  if (integrations.some((integration) => runs.some((table) => table === fieldOf(integration, REPORTS_TO)))) {
    throw new HeadroomError(
      'invalid-option',
      `${owner} tells its hooks of every run: leave out either preHooks and postHooks, or telemetry: hooks.telemetry().`,
    );
  }
  return {
    preHooks: before.map((hook, index) => preHookOf(hook as PreHook, `preHooks[${index}] of ${owner}`)),
    postHooks: after.map((hook, index) => postHookOf(hook as PostHook, `postHooks[${index}] of ${owner}`)),
    runs,
    events: unique([...hooks, model].map((owner) => fieldOf(owner, 'events')).filter(isBus)),
  };
}

function preHookOf(hook: PreHook, name: string): (input: RunInput) => void | Promise<void> {
  if (typeof hook === 'function') return hook;
  if (hasMethod(hook, 'preRun')) return (input) => hook.preRun(input);
  throw new HeadroomError(
    'invalid-option',
    `${name} has to be a function or an object with preRun(), such as the preHook of createHeadroomHooks().`,
  );
}

function postHookOf(hook: PostHook, name: string): (output: RunOutput) => void | Promise<void> {
  if (typeof hook === 'function') return hook;
  if (hasMethod(hook, 'postRun')) return (output) => hook.postRun(output);
  throw new HeadroomError(
    'invalid-option',
    `${name} has to be a function or an object with postRun(), such as the postHook of createHeadroomHooks().`,
  );
}

function listOf(name: string, hooks: unknown): readonly unknown[] {
  if (Array.isArray(hooks)) return hooks;
  throw new HeadroomError('invalid-option', `${name} have to be a list: [hook].`);
}

function isRunTable(value: unknown): value is RunTable {
  return hasMethod(value, 'step') && hasMethod(value, 'startTool') && hasMethod(value, 'endTool');
}

function isBus(value: unknown): value is HeadroomEvents {
  return hasMethod(value, 'fault') && hasMethod(value, 'on');
}

function hasMethod(value: unknown, name: string): boolean {
  return typeof fieldOf(value, name) === 'function';
}

function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}
