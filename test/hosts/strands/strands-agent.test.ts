import type { Agent, AgentStreamEvent, Message, Tool, ToolResultBlock } from '@strands-agents/sdk';
import { describe, expect, it } from 'vitest';
import { headroomTools, type HeadroomPluginOptions } from '../../../src/adapters/strands.ts';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { HeadroomStopError } from '../../../src/hooks/stop-error.ts';
import { currentRun } from '../../../src/hooks/run-scope.ts';
import { HeadroomModel } from '../../../src/model/headroom-model.ts';
import { assertPaired, recordEvents } from '../../../src/testing.ts';
import { acceptedOptions, WRONG_COMPRESSION } from '../accepted-options.ts';
import { expectRetrievedLines } from '../expect-retrieved-lines.ts';
import { scriptedProvider, type Script } from '../scripted-provider.ts';
import { logLines, requestRows } from '../service-log.ts';
import { pluginDriver } from './strands-drivers.ts';
import { createStrandsRig, historyOf } from './strands-rig.ts';
import { NEWEST, STRANDS_VERSIONS, type StrandsVersion } from './strands-version.ts';

const rows = JSON.stringify(requestRows(80), undefined, 2);

const lookThenAnswer: Script = ({ answerCount }) =>
  answerCount % 2 === 0 ? { toolCalls: [{ toolName: 'look', input: {} }] } : { text: 'All is well.' };

function look({ sdk }: StrandsVersion, result: (context: never) => unknown = () => rows): Tool {
  return new sdk.FunctionTool({
    name: 'look',
    description: 'Looks.',
    inputSchema: { type: 'object', properties: {} },
    callback: (_input, context) => result(context as never) as string,
  });
}

function isDown(): never {
  throw new Error(`The service is down. ${rows}`);
}

/** The results in messages, in order. */
function resultsIn(messages: readonly Message[] = []): readonly ToolResultBlock[] {
  return messages.flatMap(({ content }) => content).filter((block) => block.type === 'toolResultBlock');
}

function textsIn(messages: readonly Message[] | undefined): readonly string[] {
  return resultsIn(messages)
    .flatMap(({ content }) => content)
    .map((block) => (block.type === 'textBlock' ? block.text : ''));
}

for (const version of STRANDS_VERSIONS) {
  const { sdk } = version;
  describe(
    `An agent of ${version.name}`,
    { meta: { testedHost: version.host, driver: pluginDriver(version).name } },
    () => {
      it('sends a text result in fewer tokens, in blocks of the same classes, and keeps the raw one', async () => {
        const rig = createStrandsRig(version, { script: lookThenAnswer, tools: [look(version)] });
        await rig.agent.invoke('What failed?');
        const [sent] = resultsIn(rig.model.received[1]);
        expect(sent).toBeInstanceOf(sdk.ToolResultBlock);
        expect(sent?.content[0]).toBeInstanceOf(sdk.TextBlock);
        expect(rig.model.received[1]?.at(-1)).toBeInstanceOf(sdk.Message);
        expect(textsIn(rig.model.received[1])[0]?.length).toBeLessThan(rows.length * 0.7);
        expect(textsIn(rig.agent.messages)).toEqual([rows]);
        expect(sent?.toJSON()).toMatchObject({
          toolResult: { status: 'success', content: [{ text: expect.any(String) }] },
        });
      });

      it('sends a result that is JSON as a text; pictures beside it stay as they are', async () => {
        const picture = new sdk.ImageBlock({ format: 'png', source: { bytes: new Uint8Array([1, 2, 3]) } });
        const content = [new sdk.JsonBlock({ json: requestRows(80) as never }), picture];
        const rig = createStrandsRig(version, { script: lookThenAnswer, tools: [look(version, () => content)] });
        await rig.agent.invoke('What failed?');
        const [sent] = resultsIn(rig.model.received[1]);
        expect(sent?.content[0]).toBeInstanceOf(sdk.TextBlock);
        expect(sent?.content[1]).toEqual(picture);
        expect(resultsIn(rig.agent.messages)[0]?.content).toEqual(content);
      });

      it('leaves what it does not rewrite as the very objects that it was given', async () => {
        const rig = createStrandsRig(version, { script: lookThenAnswer, tools: [look(version, () => 'All is well.')] });
        let given: readonly Message[] = [];
        rig.agent.addMiddleware(sdk.InvokeModelStage.Input, (context) => {
          given = context.messages;
          return context;
        });
        await rig.agent.invoke('What failed?');
        expect(rig.model.received[1]).toHaveLength(3);
        for (const [index, message] of (rig.model.received[1] ?? []).entries()) expect(message).toBe(given[index]);
      });

      it('sends the result of a tool that threw as it is, and tells of it', async () => {
        const rig = createStrandsRig(version, { script: lookThenAnswer, tools: [look(version, isDown)] });
        await rig.agent.invoke('What failed?');
        await rig.alone.invoke('What failed?');
        expect(textsIn(rig.model.received[1])).toEqual(textsIn(rig.agent.messages));
        expect(historyOf(rig.agent.messages)).toBe(historyOf(rig.alone.messages));
        expect(rig.all('tool.end')).toMatchObject([{ toolName: 'look', outcome: 'error', errorType: 'Error' }]);
      });

      it('registers the tool for what was left out beside the own ones, and answers it', async () => {
        const seen: (readonly string[])[] = [];
        const script: Script = ({ answerCount, prompt, toolNames }) => {
          seen.push(toolNames);
          if (answerCount === 0) return { toolCalls: [{ toolName: 'look', input: {} }] };
          if (answerCount > 1) return { text: 'I have read all that I need.' };
          const notice = /headroom_retrieve with id \\?"([0-9a-f]+)\\?" and lines \\?"(\d+)/.exec(
            JSON.stringify(prompt),
          );
          const [, id = '', first = ''] = notice ?? [];
          const lines = `${first}-${Number(first) + 4}`;
          return { toolCalls: [{ toolName: 'headroom_retrieve', input: { id, lines } }] };
        };
        const lines = logLines(1_500);
        const rig = createStrandsRig(version, { script, tools: [look(version, () => lines.join('\n'))] });
        await rig.agent.invoke('Which requests were slow?');
        expect(seen[0]).toEqual(['look', 'headroom_retrieve']);
        const results = textsIn(rig.agent.messages);
        expectRetrievedLines(rig, lines, results);
      });

      it('registers no tool when nothing may be left out, nor over one of that name', async () => {
        const toolsOf = async (options: HeadroomPluginOptions, tools: readonly Tool[] = []): Promise<Agent> => {
          const rig = createStrandsRig(version, { script: () => ({ text: 'Hi.' }), options, tools });
          await rig.agent.invoke('Hello');
          return rig.agent;
        };
        const namesOf = ({ toolRegistry }: Agent): readonly string[] => toolRegistry.list().map(({ name }) => name);
        expect(namesOf(await toolsOf({ compression: { loss: 'none' } }))).toEqual([]);
        expect(namesOf(await toolsOf({ compression: { mode: 'audit' } }))).toEqual([]);
        const own = new sdk.FunctionTool({
          name: 'headroom_retrieve',
          description: 'My own.',
          callback: () => 'Mine.',
        });
        expect((await toolsOf({}, [own])).toolRegistry.get('headroom_retrieve')).toBe(own);
      });

      it('tells usage, with what the cache had of it, and why the model stopped', async () => {
        const usage = { inputTokens: 900, outputTokens: 40, cacheReadTokens: 600, cacheWriteTokens: 100 };
        const rig = createStrandsRig(version, { script: () => ({ text: 'Done.', usage }) });
        await rig.agent.invoke('Hello');
        const end = { usage, finishReason: 'stop', model: 'scripted-model' };
        expect(rig.all('model.end')).toMatchObject([{ ...end, streaming: true }]);
        expect(rig.all('model.end')[0]?.timeToFirstChunkMs).toBeGreaterThan(0);
        expect(rig.all('run.end')).toMatchObject([end]);
      });

      it('every snapshot of a session is what it is without us, and names the session', async () => {
        const sessions: string[][] = [];
        const config = () => {
          const saved: string[] = [];
          sessions.push(saved);
          const storage = { snapshot: storageInto(saved) };
          const sessionManager = new sdk.SessionManager({ sessionId: 'session-7', storage, saveLatestOn: 'message' });
          return { id: 'shopkeeper', name: 'Shopkeeper', sessionManager };
        };
        const rig = createStrandsRig(version, { script: lookThenAnswer, tools: [look(version)], config });
        for (const agent of [rig.agent, rig.alone]) {
          await agent.invoke('What failed?');
          await agent.invoke('And now?');
        }
        const [hooked = [], alone = []] = sessions;
        expect(hooked.length).toBeGreaterThan(7);
        expect(hooked).toEqual(alone);
        expect(hooked.at(-1)).toContain(JSON.stringify(rows));
        expect(rig.all('run.start')).toMatchObject([1, 2].map(() => ({ sessionId: 'session-7', agent: 'Shopkeeper' })));
        expect(textsIn(rig.model.received[3]).slice(0, 1)).toEqual(textsIn(rig.model.received[1]));
      });

      it('an interrupt ends a run, and going on is another run', async () => {
        const ask = look(version, (context: { interrupt(of: object): unknown }) => {
          return `They said ${String(context.interrupt({ name: 'sure' }))}.`;
        });
        const rig = createStrandsRig(version, { script: lookThenAnswer, tools: [ask] });
        const { stopReason, interrupts = [] } = await rig.agent.invoke('Sell it?');
        expect(stopReason).toBe('interrupt');
        expect(rig.all('run.end')).toMatchObject([{ outcome: 'ok', finishReason: 'tool-calls', modelCallCount: 1 }]);
        expect(rig.all('tool.end')).toMatchObject([{ toolName: 'look', outcome: 'aborted' }]);

        const interruptId = interrupts[0]?.id ?? '';
        const { InterruptResponseContent } = sdk;
        await rig.agent.invoke([new InterruptResponseContent({ interruptId, response: 'yes' })]);
        expect(textsIn(rig.agent.messages)).toEqual(['They said yes.']);
        const [first, second] = rig.all('run.end');
        expect(second).toMatchObject({ outcome: 'ok', finishReason: 'stop', modelCallCount: 1, toolCallCount: 1 });
        expect(second?.runId).not.toBe(first?.runId);
        expect(rig.all('tool.end')[1]).toMatchObject({ outcome: 'ok', runId: second?.runId });
        assertPaired(rig.events);
      });

      it('a hook that interrupts before a tool is heard as without us', async () => {
        const rig = createStrandsRig(version, { script: lookThenAnswer, tools: [look(version)] });
        for (const agent of [rig.agent, rig.alone]) {
          agent.addHook(sdk.BeforeToolCallEvent, (event) => void event.interrupt({ name: 'sure' }));
        }
        const { stopReason } = await rig.agent.invoke('Sell it?');
        expect(stopReason).toBe((await rig.alone.invoke('Sell it?')).stopReason);
        expect(rig.all('run.end')).toMatchObject([{ outcome: 'ok', finishReason: 'tool-calls' }]);
        expect(rig.all('tool.start')).toEqual([]);
        assertPaired(rig.events);
      });

      it('an agent that is a tool has a run under the one that called it', async () => {
        const hooks = createHeadroomHooks();
        const script: Script = ({ answerCount }) =>
          answerCount === 0
            ? { toolCalls: [{ toolName: 'expert', input: { input: 'What failed?' } }] }
            : { text: 'All is well.' };
        const config = () => ({ id: 'expert', name: 'expert' });
        const expert = createStrandsRig(version, { script: lookThenAnswer, tools: [look(version)], hooks, config });
        const rig = createStrandsRig(version, { script, tools: [expert.agent.asTool()], hooks });
        await rig.agent.invoke('Ask.');
        const [inner, outer] = rig.all('run.end');
        expect(inner).toMatchObject({
          agent: 'expert',
          parentRunId: outer?.runId,
          modelCallCount: 2,
          toolCallCount: 1,
        });
        expect(outer).toMatchObject({ parentRunId: undefined, modelCallCount: 2, toolCallCount: 1 });
        expect(inner?.savings.tokensSaved).toBeGreaterThan(0);
        assertPaired(rig.events);
      });

      it('what runs in a tool is within the run and the tool call', async () => {
        const runIds: unknown[] = [];
        const tool = look(version, () => {
          runIds.push(currentRun()?.runId);
          return rows;
        });
        const rig = createStrandsRig(version, { script: lookThenAnswer, tools: [tool] });
        await rig.agent.invoke('What failed?');
        expect(runIds).toEqual(rig.all('run.end').map(({ runId }) => runId));
      });

      it('agents in a graph and in a swarm have runs under the run of it', async () => {
        const { Graph, Swarm } = version.teams;
        const hooks = createHeadroomHooks();
        const events = recordEvents(hooks.events);
        const workerOf = (id: string): Agent =>
          createStrandsRig(version, {
            script: lookThenAnswer,
            tools: [look(version)],
            hooks,
            config: () => ({ id, name: id }),
          }).agent;
        const team = version.createHeadroomPlugin({ preHooks: [hooks.preHook], postHooks: [hooks.postHook] });
        const nodes = [workerOf('first'), workerOf('second'), workerOf('third')];
        const edges: [string, string][] = [
          ['first', 'third'],
          ['second', 'third'],
        ];
        await new Graph({ id: 'graph', nodes, edges, plugins: [team], maxSteps: 9 }).invoke('What failed?');
        const ends = events.filter((event) => event.type === 'run.end');
        const graph = ends.find(({ agent }) => agent === 'graph');
        expect(graph).toMatchObject({ outcome: 'ok', parentRunId: undefined });
        const workers = ends.filter((end) => end !== graph);
        expect(new Set(workers.map(({ agent }) => agent))).toEqual(new Set(['first', 'second', 'third']));
        expect(workers).toHaveLength(3);
        for (const end of workers) {
          expect(end).toMatchObject({ parentRunId: graph?.runId, outcome: 'ok', modelCallCount: 2 });
          expect(end.savings.tokensSaved).toBeGreaterThan(0);
        }

        // A swarm asks its agents for a form that says to whom they hand over.
        const script: Script = ({ toolNames }) => {
          const toolName = toolNames.find((name) => name.includes('structured_output')) ?? '';
          return { toolCalls: [{ toolName, input: { message: 'Done.' } }] };
        };
        const config = () => ({ id: 'only', name: 'only' });
        const { agent } = createStrandsRig(version, { script, hooks, config });
        await new Swarm({ id: 'swarm', nodes: [agent], plugins: [team], maxSteps: 3 }).invoke('What failed?');
        const swarm = events.filter((event) => event.type === 'run.end').slice(ends.length);
        expect(swarm).toMatchObject([
          { agent: 'only', outcome: 'ok', parentRunId: swarm[1]?.runId },
          { agent: 'swarm', outcome: 'ok' },
        ]);
        assertPaired(events);
      });

      it('a graph whose agent fails ends as an error', async () => {
        const hooks = createHeadroomHooks();
        const events = recordEvents(hooks.events);
        const script: Script = () => ({ rejection: new Error('Overloaded.') });
        const { agent } = createStrandsRig(version, { script, hooks, config: () => ({ id: 'first', name: 'first' }) });
        const plugins = [version.createHeadroomPlugin({ preHooks: [hooks.preHook], postHooks: [hooks.postHook] })];
        const graph = new version.teams.Graph({ id: 'graph', nodes: [agent], edges: [], plugins, maxSteps: 9 });
        await graph.invoke('What failed?').catch(() => {});
        expect(events.filter((event) => event.type === 'run.end')).toMatchObject([
          { agent: 'first', outcome: 'error', errorType: 'ModelError' },
          { agent: 'graph', outcome: 'error', errorType: 'ModelError' },
        ]);
        assertPaired(events);
      });

      it('a pre hook that stops the run keeps the agent from being run, and ends it as aborted', async () => {
        const stop = (): never => {
          throw new HeadroomStopError('Not today.');
        };
        const hooks = createHeadroomHooks();
        const options = { preHooks: [hooks.preHook, stop], postHooks: [hooks.postHook] };
        const rig = createStrandsRig(version, { script: lookThenAnswer, hooks, options });
        const failure: unknown = await rig.agent.invoke('Hello').catch((error: unknown) => error);
        expect(HeadroomStopError.is(failure)).toBe(true);
        expect(rig.model.received).toEqual([]);
        expect(rig.agent.messages).toEqual([]);
        expect(rig.all('run.end')).toMatchObject([{ outcome: 'aborted' }]);
        assertPaired(rig.events);
      });

      it('hooks of others that fail are reported, and the run goes on', async () => {
        const hooks = createHeadroomHooks();
        const fail = (): never => {
          throw new Error('A hook failed.');
        };
        const options = { preHooks: [fail, hooks.preHook], postHooks: [hooks.postHook, fail] };
        const rig = createStrandsRig(version, { script: () => ({ text: 'Hi.' }), hooks, options });
        await rig.agent.invoke('Hello');
        expect(rig.all('run.end')).toMatchObject([{ outcome: 'ok' }]);
        expect(rig.all('fault')).toMatchObject([{ where: 'hook' }, { where: 'hook' }]);
      });

      it('a run that another hook denies has no start and no end', async () => {
        const rig = createStrandsRig(version, { script: lookThenAnswer });
        rig.agent.addHook(sdk.BeforeInvocationEvent, (event) => {
          event.cancel = 'Not allowed.';
        });
        await rig.agent.invoke('Hello');
        expect(rig.events).toEqual([]);
      });

      it('tells of every attempt, and counts what was saved once', async () => {
        let failures = 0;
        const script: Script = (turn) => {
          if (turn.answerCount === 0) return lookThenAnswer(turn);
          failures += 1;
          return failures === 1 ? { rejection: new sdk.ModelThrottledError('Busy.') } : { text: 'All is well.' };
        };
        const rig = createStrandsRig(version, { script, tools: [look(version)] });
        rig.agent.addHook(sdk.AfterModelCallEvent, (event) => {
          event.retry = event.error !== undefined;
        });
        await rig.agent.invoke('What failed?');
        expect(rig.all('model.end').map(({ outcome }) => outcome)).toEqual(['ok', 'error', 'ok']);
        expect(rig.all('compression.end').map(({ isRetry }) => isRetry)).toEqual([false, false, true]);
        expect(rig.all('run.end')).toMatchObject([{ outcome: 'ok', modelCallCount: 3 }]);
        assertPaired(rig.events);
      });

      it('a reader that leaves ends the run, wherever it was', async () => {
        const places: readonly (readonly [(event: AgentStreamEvent) => boolean, string])[] = [
          [({ type }) => type === 'modelStreamUpdateEvent', 'aborted'],
          [({ type }) => type === 'toolStreamUpdateEvent', 'aborted'],
          [({ type }) => type === 'afterToolsEvent', 'aborted'],
          [({ type }) => type === 'agentResultEvent', 'ok'],
        ];
        for (const [isPlace, outcome] of places) {
          const rig = createStrandsRig(version, { script: lookThenAnswer, tools: [look(version, worksLong)] });
          for await (const event of rig.agent.stream('What failed?')) if (isPlace(event)) break;
          // The next run of the agent ends one that nobody told the end of.
          await rig.agent.invoke('And now?');
          expect(rig.all('run.end').map((end) => end.outcome)).toEqual([outcome, 'ok']);
          assertPaired(rig.events);
        }
      });

      it('a HeadroomModel in a VercelModel compresses where the plugin leaves it to it', async () => {
        const hooks = createHeadroomHooks();
        const provider = scriptedProvider('v4', lookThenAnswer);
        const model = new HeadroomModel(provider, { events: hooks.events, loss: 'none' });
        const rig = createStrandsRig(version, {
          script: lookThenAnswer,
          hooks,
          tools: [look(version), ...headroomTools(hooks)],
          options: { compression: false },
          config: () => ({ model: new version.VercelModel({ provider: model as never }) }),
        });
        await rig.agent.invoke('What failed?');
        expect(model.totalTokensSaved).toBeGreaterThan(0);
        expect(rig.all('run.end')).toMatchObject([{ outcome: 'ok', modelCallCount: 2 }]);
        expect(rig.all('run.end')[0]?.savings.tokensSaved).toBe(model.totalTokensSaved);
        expect(textsIn(rig.agent.messages)).toEqual([rows]);
        assertPaired(rig.events);
      });

      it('compresses once when there is a HeadroomModel in its VercelModel', async () => {
        const hooks = createHeadroomHooks();
        const sent = async (wrap: boolean): Promise<unknown> => {
          const provider = scriptedProvider('v4', lookThenAnswer);
          const model = wrap ? new HeadroomModel(provider, { events: hooks.events }) : provider;
          const rig = createStrandsRig(version, {
            script: lookThenAnswer,
            hooks,
            tools: [look(version)],
            config: () => ({ model: new version.VercelModel({ provider: model as never }) }),
          });
          await rig.agent.invoke('What failed?');
          return provider.calls[1]?.prompt;
        };
        const events = recordEvents(hooks.events);
        const once = await sent(false);
        expect(events.filter(({ type }) => type === 'compression.end')).toHaveLength(2);
        expect(await sent(true)).toEqual(once);
        expect(events.filter(({ type }) => type === 'compression.end')).toHaveLength(4);
        expect(events.filter((event) => event.type === 'model.end')[0]).toMatchObject({ provider: 'scripted.chat' });
      });

      it('an agent with a schema for its answer is asked and read as without us', async () => {
        const { z } = await import('zod');
        const script: Script = ({ toolNames }) => ({
          toolCalls: [{ toolName: toolNames.find((name) => name !== 'headroom_retrieve') ?? '', input: { failed: 1 } }],
        });
        const config = () => ({ structuredOutputSchema: z.object({ failed: z.number() }) });
        const rig = createStrandsRig(version, { script, config });
        const { structuredOutput } = await rig.agent.invoke('How many?');
        expect(structuredOutput).toEqual({ failed: 1 });
        expect(rig.all('run.end')).toMatchObject([{ outcome: 'ok', finishReason: 'tool-calls' }]);
      });
    },
  );
}

describe('createHeadroomPlugin', () => {
  it('throws for what can not work', () => {
    expect(acceptedOptions((options) => NEWEST.createHeadroomPlugin(options), WRONG_COMPRESSION)).toEqual([]);
  });
});

/** Tells of its progress before its result. */
async function* worksLongSteps(): AsyncGenerator<string, string> {
  yield 'At work.';
  return rows;
}

function worksLong(): unknown {
  return worksLongSteps();
}

/** Keeps each snapshot as JSON, but for what is new in every run. */
function storageInto(saved: string[]): never {
  const isNew = new Set(['trackingId', 'metrics', 'createdAt']);
  return {
    saveSnapshot: async ({ snapshot }: { readonly snapshot: unknown }) => {
      saved.push(JSON.stringify(snapshot, (key, value: unknown) => (isNew.has(key) ? undefined : value)));
    },
    // oxlint-disable-next-line unicorn/no-null -- What Strands says for nothing.
    loadSnapshot: async () => null,
    listSnapshotIds: async () => [],
    deleteSession: async () => {},
    loadManifest: async () => ({ schemaVersion: '1.0', updatedAt: '' }),
    saveManifest: async () => {},
  } as never;
}
