import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHeadroomProcessor, headroomTools, type HeadroomProcessorOptions } from '../../../src/adapters/mastra.ts';
import { createHeadroomHooks, type HeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import type { RunInput, RunOutput } from '../../../src/hooks/hook.ts';
import { HeadroomStopError } from '../../../src/hooks/stop-error.ts';
import { HeadroomModel } from '../../../src/model/headroom-model.ts';
import type { LanguageModelLike } from '../../../src/model/language-model.ts';
import { assertPaired, recordEvents } from '../../../src/testing.ts';
import { acceptedOptions, WRONG_COMPRESSION } from '../accepted-options.ts';
import { scriptedProvider, type Script, type ScriptedProvider } from '../scripted-provider.ts';
import { logLines, requestRows } from '../service-log.ts';
import { MASTRA_VERSIONS, type MastraAgent, type MastraStream, type MastraVersion } from './mastra-version.ts';

const LOG = logLines(400).join('\n');
const THREAD = { memory: { thread: 'thread-1', resource: 'resource-1' } };

for (const version of MASTRA_VERSIONS) {
  const { host: testedHost, name } = version;
  describe(`An agent of ${name}`, { meta: { testedHost, driver: `createHeadroomProcessor() in ${name}` } }, () => {
    it('can ask for what was left out of a tool result, without being given the tool', async () => {
      const rig = createRig(version, readsLog({ asksForAll: true }));
      await rig.agent.generate('Why did the checkout fail?');
      const [first, second, third] = rig.provider.calls;
      expect(first?.tools?.map((tool) => tool.name).toSorted()).toEqual(['headroom_retrieve', 'read_log']);
      expect(first?.tools?.find((tool) => tool.name === 'headroom_retrieve')).toMatchObject({
        inputSchema: { type: 'object', properties: { id: { type: 'string' }, query: {} }, required: ['id'] },
      });
      const [shown = ''] = resultTexts(second);
      expect(shown.length).toBeLessThan(LOG.length / 3);
      expect(shown).toContain('upstream payment gateway timed out');
      expect(resultTexts(third)[1]).toContain(logLines(400)[200]);
      expect(rig.events.filter(({ type }) => type === 'retrieval.end')).toMatchObject([{ outcome: 'found' }]);
      expect(rig.events.filter(({ type }) => type === 'fault')).toEqual([]);
      assertPaired(rig.events);
    });

    it('stores every tool result as the tool gave it, and the rest as without us', async () => {
      const [memory, memoryAlone] = [new version.MockMemory(), new version.MockMemory()];
      const rig = createRig(version, readsLog({}), { config: { memory } });
      const alone = createRig(version, readsLog({}), { config: { memory: memoryAlone }, processor: IDLE });
      for (const question of ['Why did the checkout fail?', 'Since when?']) {
        await rig.agent.generate(question, THREAD);
        await alone.agent.generate(question, THREAD);
      }
      const stored = await storedIn(memory);
      expect(stored).toBe(await storedIn(memoryAlone));
      expect(stored).toContain(JSON.stringify(LOG).slice(1, -1));
    });

    it('is sent in a later run what it was sent in an earlier one', async () => {
      const rig = createRig(version, readsLog({}), { config: { memory: new version.MockMemory() } });
      await rig.agent.generate('Why did the checkout fail?', THREAD);
      await rig.agent.generate('Since when?', THREAD);
      const [, second, third] = rig.provider.calls;
      expect(resultTexts(second)).toHaveLength(1);
      expect(resultTexts(third).slice(0, 1)).toEqual(resultTexts(second));
    });

    it('is named, and its runs belong to the thread of its memory', async () => {
      const memory = new version.MockMemory();
      const rig = createRig(version, readsLog({}), { config: { memory }, processor: { agent: 'shopkeeper' } });
      await rig.agent.generate('Why did the checkout fail?', THREAD);
      expect(rig.ends()).toMatchObject([{ agent: 'shopkeeper', sessionId: 'thread-1' }]);
    });

    it('that works for another has its run under the run of that one', async () => {
      const hooks = createHeadroomHooks();
      const told: (string | undefined)[] = [];
      const preHooks = [hooks.preHook, ({ parentRunId }: RunInput): void => void told.push(parentRunId)];
      const config = { description: 'Reads logs.' };
      const inner = createRig(version, readsLog({}), { hooks, config, processor: { preHooks } });
      const script: Script = ({ answerCount, toolNames }) => {
        const toolName = toolNames.find((tool) => tool.startsWith('agent-')) ?? 'missing';
        return answerCount === 0
          ? { toolCalls: [{ toolName, input: { prompt: 'Why?' } }] }
          : { text: 'It was the till.' };
      };
      const rig = createRig(version, script, { hooks, config: { agents: { reader: inner.agent } } });
      await rig.agent.generate('Why did the checkout fail?');
      const [first, second] = rig.ends();
      expect(first).toMatchObject({ outcome: 'ok', parentRunId: second?.runId, modelCallCount: 2 });
      expect(second).toMatchObject({ outcome: 'ok', modelCallCount: 2, toolCallCount: 1 });
      expect(told).toEqual([second?.runId]);
      expect(second?.parentRunId).toBeUndefined();
      assertPaired(rig.events);
    });

    it('goes on in the same run when a suspended tool is resumed', async () => {
      const asks = version.createTool({
        id: 'asks',
        description: 'Asks a person.',
        inputSchema: z.object({}),
        suspendSchema: z.object({ question: z.string() }),
        resumeSchema: z.object({ answer: z.string() }),
        execute: async (_input: unknown, { agent }: Suspendable) =>
          agent.resumeData === undefined
            ? await agent.suspend({ question: 'May I?' })
            : `They said ${agent.resumeData.answer}.`,
      });
      const rig = createRig(version, callsOnce('asks'), { config: { tools: { asks } }, isRegistered: true });
      const { runId } = await readAll(await rig.agent.stream('Ask.'));
      expect(rig.ends()).toEqual([]);
      await readAll(await rig.agent.resumeStream({ answer: 'yes' }, { runId }));
      expect(resultTexts(rig.provider.calls[1])).toEqual(['They said yes.']);
      expect(rig.ends()).toMatchObject([{ outcome: 'ok', endedBy: 'host', modelCallCount: 2 }]);
      assertPaired(rig.events);
    });

    it('goes on in the same run when a tool call is approved', async () => {
      const pays = version.createTool({
        id: 'pays',
        description: 'Pays.',
        requireApproval: true,
        inputSchema: z.object({}),
        execute: async () => 'Paid.',
      });
      const rig = createRig(version, callsOnce('pays'), { config: { tools: { pays } }, isRegistered: true });
      const { runId } = await readAll(await rig.agent.stream('Pay.'));
      expect(rig.ends()).toEqual([]);
      await readAll(await rig.agent.approveToolCall({ runId }));
      expect(resultTexts(rig.provider.calls[1])).toEqual(['Paid.']);
      expect(rig.ends()).toMatchObject([{ outcome: 'ok', endedBy: 'host', modelCallCount: 2 }]);
      assertPaired(rig.events);
    });

    it('tells its hooks what it was asked and what it answered', async () => {
      const told: (RunInput | RunOutput)[] = [];
      const hear = (of: RunInput | RunOutput): void => void told.push(of);
      const rig = createRig(version, readsLog({}), { processor: { preHooks: [hear], postHooks: [hear] } });
      await rig.agent.generate('Why did the checkout fail?');
      expect(told).toHaveLength(2);
      expect(JSON.stringify((told[0] as RunInput).input)).toContain('Why did the checkout fail?');
      expect(told[1]).toMatchObject({ outcome: 'ok', runId: told[0]?.runId });
    });

    it('does not start when a pre hook stops it, and the run ends as aborted', async () => {
      const stop = (): void => {
        throw new HeadroomStopError('Closed.');
      };
      const rig = createRig(version, readsLog({}));
      const stopped = createRig(version, readsLog({}), {
        hooks: rig.hooks,
        processor: { preHooks: [rig.hooks.preHook, stop], postHooks: [rig.hooks.postHook] },
      });
      const answer = await stopped.agent.generate('Why did the checkout fail?');
      expect(answer).toMatchObject({ text: '', tripwire: { reason: 'Closed.', processorId: 'headroom' } });
      expect(stopped.provider.calls).toEqual([]);
      expect(rig.ends()).toMatchObject([{ outcome: 'aborted' }]);
      assertPaired(rig.events);
    });

    it('is aborted when another processor stops its run', async () => {
      const guard = {
        id: 'guard',
        processOutputStep: ({ abort }: { readonly abort: (reason: string) => never }) => abort('Not that.'),
      };
      const hooks = createHeadroomHooks();
      const headroom = createHeadroomProcessor({ preHooks: [hooks.preHook], postHooks: [hooks.postHook] });
      const rig = createRig(version, readsLog({}), {
        hooks,
        config: { inputProcessors: [headroom], outputProcessors: [headroom, guard] },
      });
      await rig.agent.generate('Why did the checkout fail?');
      expect(rig.ends()).toMatchObject([{ outcome: 'aborted', endedBy: 'host', finishReason: 'tripwire' }]);
      assertPaired(rig.events);
    });

    it('whose call is made again counts what was saved once', async () => {
      let failures = 0;
      const script: Script = (turn) => {
        failures += turn.answerCount === 1 ? 1 : 0;
        return turn.answerCount === 1 && failures === 1 ? { rejection: new Error('Busy.') } : readsLog({})(turn);
      };
      const rig = createRig(version, script, { config: { maxRetries: 1 } });
      await rig.agent.generate('Why did the checkout fail?', { modelSettings: { maxRetries: 1 } });
      expect(rig.ends()).toMatchObject([{ outcome: 'ok', modelCallCount: 3 }]);
      const outcomes = rig.events.flatMap((event) => (event.type === 'model.end' ? [event.outcome] : []));
      expect(outcomes).toEqual(['ok', 'error', 'ok']);
      const saved = rig.events.flatMap((event) => (event.type === 'compression.end' ? [event] : []));
      expect(saved.map((event) => event.isRetry)).toEqual([false, false, true]);
      assertPaired(rig.events);
    });

    it('compresses once when its model is a HeadroomModel too', async () => {
      const hooks = createHeadroomHooks();
      const wrap = (model: LanguageModelLike): unknown => new HeadroomModel(model, { events: hooks.events });
      const rig = createRig(version, readsLog({}), { hooks, wrap });
      const plain = createRig(version, readsLog({}));
      await rig.agent.generate('Why did the checkout fail?');
      await plain.agent.generate('Why did the checkout fail?');
      expect(resultTexts(rig.provider.calls[1])).toEqual(resultTexts(plain.provider.calls[1]));
      expect(rig.ends()).toMatchObject([{ modelCallCount: 2 }]);
      expect(rig.events.filter(({ type }) => type === 'compression.end')).toHaveLength(2);
    });

    it('takes the tool that the hooks bring, where a HeadroomModel compresses', async () => {
      const hooks = createHeadroomHooks();
      const rig = createRig(version, readsLog({ asksForAll: true }), {
        hooks,
        wrap: (model) => new HeadroomModel(model, { events: hooks.events }),
        processor: { compression: false },
        tools: headroomTools(hooks),
      });
      await rig.agent.generate('Why did the checkout fail?');
      expect(resultTexts(rig.provider.calls[2])[1]).toContain(logLines(400)[200]);
      expect(rig.ends()).toMatchObject([{ outcome: 'ok', modelCallCount: 3, toolCallCount: 2 }]);
    });

    it('keeps its tools when nothing may be left out, and when it has one of that name', async () => {
      const own = version.createTool({
        id: 'headroom_retrieve',
        description: 'My own.',
        inputSchema: z.object({}),
        execute: async () => 1,
      });
      const lossless = createRig(version, readsLog({}), { processor: { compression: { loss: 'none' } } });
      const kept = createRig(version, readsLog({}), { tools: { headroom_retrieve: own } });
      await lossless.agent.generate('Why?');
      await kept.agent.generate('Why?');
      expect(lossless.provider.calls[0]?.tools?.map((tool) => tool.name)).toEqual(['read_log']);
      expect(resultTexts(lossless.provider.calls[1])[0]?.split('\n').length).toBeGreaterThan(300);
      expect(kept.provider.calls[0]?.tools?.find((tool) => tool.name === 'headroom_retrieve')).toMatchObject({
        description: 'My own.',
      });
    });

    it('can ask for what was left out in a call that names its active tools', async () => {
      const rig = createRig(version, readsLog({ asksForAll: true }), {
        tools: { other: toolThatReadsNothing(version) },
      });
      await rig.agent.generate('Why did the checkout fail?', { activeTools: ['read_log'] });
      expect(rig.provider.calls.map((call) => call.tools?.map((tool) => tool.name).toSorted())).toEqual(
        [1, 2, 3].map(() => ['headroom_retrieve', 'read_log']),
      );
    });

    it('compresses results that are no text', async () => {
      const rows = { rows: requestRows(200) };
      const rig = createRig(version, readsLog({}), {
        tools: {
          read_log: version.createTool({
            id: 'read_log',
            description: 'Reads.',
            inputSchema: z.object({}),
            execute: async () => rows,
          }),
        },
        processor: { compression: { loss: 'none' } },
      });
      await rig.agent.generate('Which requests failed?');
      const [shown = ''] = resultTexts(rig.provider.calls[1]);
      expect(shown.length).toBeLessThan(JSON.stringify(rows).length * 0.7);
      expect(rig.ends()[0]?.savings.tokensSaved).toBeGreaterThan(0);
    });
  });
}

describe('createHeadroomProcessor', () => {
  it('throws for what can not work', () => {
    expect(acceptedOptions(createHeadroomProcessor, WRONG_COMPRESSION)).toEqual([]);
  });
});

const toolThatReadsNothing = (version: MastraVersion): unknown =>
  version.createTool({ id: 'other', description: 'Reads.', inputSchema: z.object({}), execute: async () => '' });

interface Suspendable {
  readonly agent: {
    readonly resumeData?: { readonly answer: string };
    suspend(payload: unknown): Promise<unknown>;
  };
}

/** With any input processor, Mastra stores the name of the model with what it answers. */
const IDLE = 'idle';

interface RigOptions {
  readonly hooks?: HeadroomHooks;
  readonly processor?: HeadroomProcessorOptions | typeof IDLE;
  readonly tools?: object;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly wrap?: (model: LanguageModelLike) => unknown;
  /** Whether it belongs to a `Mastra`, whose storage a run needs that is to be resumed. */
  readonly isRegistered?: boolean;
}

function createRig(version: MastraVersion, script: Script, options: RigOptions = {}) {
  const { hooks = createHeadroomHooks(), processor = {}, tools, config, wrap, isRegistered } = options;
  const events = recordEvents(hooks.events);
  const provider = scriptedProvider(version.specificationVersion, script);
  const pair = { preHooks: [hooks.preHook], postHooks: [hooks.postHook] };
  const used =
    processor === IDLE
      ? { id: IDLE, processInputStep: () => undefined }
      : createHeadroomProcessor({ ...pair, ...processor });
  const read_log = version.createTool({
    id: 'read_log',
    description: 'Reads the log.',
    inputSchema: z.object({}),
    execute: async () => LOG,
  });
  const agent = new version.Agent({
    id: 'agent',
    name: 'Agent',
    instructions: 'Look after the shop.',
    maxRetries: 0,
    model: wrap === undefined ? provider : wrap(provider),
    tools: { read_log, ...tools },
    inputProcessors: [used],
    ...(processor === IDLE ? {} : { outputProcessors: [used] }),
    ...config,
  });
  const registered = (): MastraAgent =>
    new version.Mastra({ agents: { agent }, storage: new version.InMemoryStore(), logger: false }).getAgent('agent');
  return {
    hooks,
    events,
    provider,
    agent: isRegistered === true ? registered() : agent,
    ends: () => events.flatMap((event) => (event.type === 'run.end' ? [event] : [])),
  };
}

/** Reads the log in every run, asks for all of it if it is to, then answers. */
function readsLog({ asksForAll = false }): Script {
  return ({ prompt }) => {
    const last = prompt.at(-1);
    if (last?.role !== 'tool') return { toolCalls: [{ toolName: 'read_log', input: {} }] };
    const [shown = ''] = resultTexts({ prompt });
    const id = /\b[0-9a-f]{24,}\b/.exec(shown)?.[0];
    const hasAsked = resultTexts({ prompt }).length > 1;
    if (!asksForAll || hasAsked || id === undefined) return { text: 'It was the gateway.' };
    return { toolCalls: [{ toolName: 'headroom_retrieve', input: { id, lines: '150-250' } }] };
  };
}

function callsOnce(toolName: string): Script {
  return ({ answerCount }) => (answerCount === 0 ? { toolCalls: [{ toolName, input: {} }] } : { text: 'Done.' });
}

/** The tool results of a prompt, as text. */
function resultTexts(call: Pick<ScriptedProvider['calls'][number], 'prompt'> | undefined): readonly string[] {
  return (call?.prompt ?? [])
    .filter(({ role }) => role === 'tool')
    .flatMap(({ content }) => (typeof content === 'string' ? [] : content))
    .flatMap(({ output }) => (output === undefined ? [] : [output.value]))
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
}

async function readAll(stream: MastraStream): Promise<MastraStream> {
  for await (const part of stream.fullStream) if (part.type === 'error') throw part.payload?.error;
  return stream;
}

/** What a memory holds, but for what is new in every run: when, and under which id. */
async function storedIn(memory: InstanceType<MastraVersion['MockMemory']>): Promise<string> {
  const { messages } = await memory.recall({ threadId: 'thread-1', resourceId: 'resource-1' });
  const isNew = new Set(['id', 'createdAt', 'startedAt']);
  return JSON.stringify(
    messages.map(({ role, content }) => ({ role, content })),
    (key, value: unknown) => (isNew.has(key) ? undefined : value),
  );
}
