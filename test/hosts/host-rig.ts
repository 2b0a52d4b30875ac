import type { EventOf, EventType, HeadroomEvent } from '../../src/events/event.ts';
import { createHeadroomHooks, type HeadroomHooks } from '../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel } from '../../src/model/headroom-model.ts';
import type { RetrievalStore } from '../../src/retrieval/store.ts';
import { fixedClock, recordEvents, type FixedClock } from '../../src/testing.ts';
import type { Host, HostDriver, HostSetup, ToolDefinition } from './host-driver.ts';
import { scriptedProvider, type Script, type ScriptedAnswer, type ScriptedProvider } from './scripted-provider.ts';
import { requestRows } from './service-log.ts';

export const RUN_TIME_TO_LIVE_MS = 30 * 60_000;

/** What a test of the contract works with: an agent with hooks, the same agent without, and what was heard. */
export interface Rig {
  /** The agent with hooks and a wrapped model. */
  readonly host: Host;
  /** The same agent without us. */
  readonly alone: Host;
  readonly hooks: HeadroomHooks;
  /** The provider that the agent with hooks calls. */
  readonly provider: ScriptedProvider;
  readonly events: readonly HeadroomEvent[];
  readonly clock: FixedClock;
  all<Type extends EventType>(type: Type): EventOf<Type>[];
  onlyRunEnd(): EventOf<'run.end'>;
}

export function createRig(
  driver: HostDriver,
  options: { readonly store?: RetrievalStore; readonly how?: 'generate' | 'stream' } = {},
): Rig {
  const clock = fixedClock();
  const hooks = createHeadroomHooks({ clock, runTimeToLiveMs: RUN_TIME_TO_LIVE_MS, store: options.store });
  const events = recordEvents(hooks.events);
  const { specificationVersion } = driver;
  const provider = scriptedProvider(specificationVersion, script);
  const untouched = scriptedProvider(specificationVersion, script);
  const wrapped = new HeadroomModel(provider, {
    events: hooks.events,
    clock,
    store: options.store,
    callTimeToLiveMs: RUN_TIME_TO_LIVE_MS,
  });
  const start = (setup: Omit<HostSetup, 'tools'>): Host => {
    const delegate = tool({ prompt: 'string' }, async ({ prompt }: { readonly prompt: string }) => {
      const inner = driver.start({ ...setup, tools: { list } });
      const { text } = await inner[options.how ?? 'generate']({ prompt });
      return text;
    });
    return driver.start({ ...setup, tools: { list, fail, delegate } });
  };
  const all = <Type extends EventType>(type: Type): EventOf<Type>[] =>
    events.filter((event): event is EventOf<Type> => event.type === type);
  return {
    host: start({ provider, model: wrapped, hooks, clock }),
    alone: start({ provider: untouched, model: untouched }),
    hooks,
    provider,
    events,
    clock,
    all,
    onlyRunEnd() {
      const [end, ...more] = all('run.end');
      if (end === undefined || more.length > 0) throw new Error(`Expected one run.end, not ${all('run.end').length}.`);
      return end;
    },
  };
}

export const brokenStore: RetrievalStore = {
  put: () => Promise.reject(new Error('The store is down.')),
  get: () => Promise.reject(new Error('The store is down.')),
  delete: () => Promise.reject(new Error('The store is down.')),
};

/** The tool that lists requests: the more, the longer. */
export const list = tool({ count: 'number' }, async ({ count }: { readonly count: number }) =>
  JSON.stringify(requestRows(count), undefined, 2),
);

const fail = tool({}, async () => {
  throw new Error('The service is down.');
});

function tool(types: Readonly<Record<string, string>>, execute: ToolDefinition['execute']): ToolDefinition {
  const properties = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type }]));
  return { description: 'A tool of the test.', inputSchema: { type: 'object', properties }, execute };
}

/** One model for all tests: the prompt says what is to happen. */
export const script: Script = ({ userText, answerCount }): ScriptedAnswer => {
  const [task = '', count = '0'] = userText.split(/ (?=\d)/);
  const usage = { inputTokens: 50 + Number.parseInt(count, 10) / 2, outputTokens: 10 };
  const list = { toolName: 'list', input: { count: Number.parseInt(count, 10) } };
  const isAt = answerCount === Number.parseInt(count, 10);
  const special = isAt ? failures[task] : undefined;
  if (special !== undefined) return { text: 'Let me see. ', ...special };
  if (task === 'talk') return { text: 'One two three four five six seven eight nine ten.' };
  if (task === 'break the tool' && answerCount === 0) return { toolCalls: [{ toolName: 'fail', input: {} }] };
  if (task === 'delegate list' && answerCount === 0) {
    return { toolCalls: [{ toolName: 'delegate', input: { prompt: `list ${count}` } }] };
  }
  if (task === 'delegate list') return { text: 'The other agent is done.' };
  if (task === 'list' && answerCount === 0) {
    const calls = count.endsWith('twice') ? [list, { ...list, input: { count: 5 } }] : [list];
    return { text: 'I will look.', toolCalls: calls, usage };
  }
  if (task === 'list') return { text: `There are ${count} requests.`, usage };
  return answerCount === 0 ? { toolCalls: [{ ...list, input: { count: 30 } }] } : { text: 'Done.' };
};

const failures: Readonly<Record<string, ScriptedAnswer>> = {
  'reject at': { rejection: new Error('The provider failed.') },
  'hang at': { hangs: true },
  'error part at': { errorPart: new Error('The provider failed in the middle.') },
  'break stream at': { brokenStream: new Error('The connection broke.') },
};
