import { Command, interrupt, MemorySaver, MessagesAnnotation, StateGraph } from '@langchain/langgraph';
import { describe, expect, it } from 'vitest';
import { createHeadroomMiddleware, type HeadroomMiddleware } from '../../../src/adapters/langchain.ts';
import { callTree } from '../../../src/adapters/langchain/run-callbacks.ts';
import { assertPaired } from '../../../src/testing.ts';
import { scriptedProvider, type Script } from '../scripted-provider.ts';
import { requestRows } from '../service-log.ts';
import { driversOf } from './langchain-drivers.ts';
import { createLangChainRig, historyOf, say } from './langchain-rig.ts';
import { LANGCHAIN_VERSIONS, type LangChainAgent, type LangChainVersion } from './langchain-version.ts';
import { ScriptedChatModel } from './scripted-chat-model.ts';

const rows = JSON.stringify(requestRows(80), undefined, 2);
const noInput = { type: 'object', properties: {} };
const thread = { configurable: { thread_id: 'thread-1' } };

const lookThenAnswer: Script = ({ answerCount }) =>
  answerCount % 2 === 0 ? { toolCalls: [{ toolName: 'look', input: {} }] } : { text: 'All is well.' };

function look(version: LangChainVersion, execute: () => unknown = () => rows): unknown {
  return version.tool(async () => execute(), { name: 'look', description: 'Looks.', schema: noInput });
}

async function checkpointsOf({ graph }: LangChainAgent): Promise<readonly string[]> {
  const checkpoints: string[] = [];
  for await (const { values, next } of graph.getStateHistory(thread)) {
    checkpoints.push(`${next.join()} ${historyOf(values.messages ?? [])}`);
  }
  return checkpoints;
}

for (const version of LANGCHAIN_VERSIONS) {
  describe(
    `${version.name}: graphs`,
    { meta: { testedHost: version.host, driver: driversOf(version)[0]?.name ?? '' } },
    () => {
      it('every checkpoint of a conversation is what it is without us', async () => {
        const withSaver = (): Readonly<Record<string, unknown>> => ({ checkpointer: new MemorySaver() });
        const saved = createLangChainRig(version, {
          script: lookThenAnswer,
          tools: [look(version)],
          params: withSaver(),
        });
        const alone = createLangChainRig(version, {
          script: lookThenAnswer,
          tools: [look(version)],
          params: withSaver(),
        });
        for (const question of ['What failed?', 'And now?']) {
          await saved.agent.invoke(say(question), thread);
          await alone.alone.invoke(say(question), thread);
        }
        const checkpoints = await checkpointsOf(saved.agent);
        expect(checkpoints.length).toBeGreaterThan(8);
        expect(checkpoints).toEqual(await checkpointsOf(alone.alone));
        expect(checkpoints[0]).toContain(JSON.stringify(rows));
        expect(saved.all('run.end').map(({ sessionId }) => sessionId)).toEqual(['thread-1', 'thread-1']);
        expect(saved.model.received[3]?.filter(({ type }) => type === 'tool')).toHaveLength(2);
      });

      it('what a stream shows of its nodes is what it shows without us', async () => {
        const rig = createLangChainRig(version, { script: lookThenAnswer, tools: [look(version)] });
        const nodesOf = async (agent: LangChainAgent): Promise<readonly string[]> => {
          const nodes: string[] = [];
          for await (const update of await agent.stream(say('What failed?'), { streamMode: 'updates' })) {
            nodes.push(...Object.keys(update as object));
          }
          return nodes;
        };
        expect(await nodesOf(rig.agent)).toEqual(await nodesOf(rig.alone));
      });

      it('an interrupt ends a run, and going on is another run of the same session', async () => {
        const ask = look(version, () => `They said ${String(interrupt('Sure?'))}.`);
        const params = { checkpointer: new MemorySaver() };
        const rig = createLangChainRig(version, { script: lookThenAnswer, tools: [ask], params });
        const asked = await rig.agent.invoke(say('Sell it?'), thread);
        expect(asked.__interrupt__).toHaveLength(1);
        expect(rig.all('run.end')).toMatchObject([{ outcome: 'ok', finishReason: 'tool-calls', modelCallCount: 1 }]);
        expect(rig.all('tool.end')).toMatchObject([{ toolName: 'look', outcome: 'aborted' }]);

        const { messages } = await rig.agent.invoke(new Command({ resume: 'yes' }), thread);
        expect(messages.map(({ text }) => text)).toContain('They said yes.');
        const [first, second] = rig.all('run.end');
        expect(second).toMatchObject({ outcome: 'ok', finishReason: 'stop', modelCallCount: 1, toolCallCount: 1 });
        expect([first?.sessionId, second?.sessionId]).toEqual(['thread-1', 'thread-1']);
        expect(second?.runId).not.toBe(first?.runId);
        expect(rig.all('tool.end')[1]).toMatchObject({ toolName: 'look', outcome: 'ok', runId: second?.runId });
        assertPaired(rig.events);
      });

      it('a stream of events is a run like any other', async () => {
        const rig = createLangChainRig(version, { script: lookThenAnswer, tools: [look(version)] });
        const kinds = new Set<string>();
        for await (const { event } of rig.agent.streamEvents(say('What failed?'), { version: 'v2' })) kinds.add(event);
        expect(kinds).toContain('on_chat_model_stream');
        expect(rig.all('run.end')).toMatchObject([{ outcome: 'ok', modelCallCount: 2, toolCallCount: 1 }]);
        assertPaired(rig.events);
      });

      it('remembers nothing of runs that are over', async () => {
        const rig = createLangChainRig(version, { script: lookThenAnswer, tools: [look(version)] });
        await rig.agent.invoke(say('What failed?'));
        await rig.agent.invoke(say('Go on.'), { recursionLimit: 3 }).catch(() => {});
        expect(callTree.openCount).toBe(0);
      });

      it('parallel tool calls of one answer are told apart', async () => {
        const script: Script = ({ answerCount }) => {
          const call = { toolName: 'look', input: {} };
          return answerCount === 0 ? { toolCalls: [call, call, call] } : { text: 'Done.' };
        };
        const rig = createLangChainRig(version, { script, tools: [look(version)] });
        await rig.agent.invoke(say('Look thrice.'));
        const ids = rig.all('tool.end').map(({ toolCallId }) => toolCallId);
        expect(ids.sort()).toEqual(['call_0_0', 'call_0_1', 'call_0_2']);
        expect(rig.all('run.end')).toMatchObject([{ toolCallCount: 3 }]);
        assertPaired(rig.events);
      });

      it('agents that are nodes of one graph have a run each, by the callbacks of the graph', async () => {
        const rig = createLangChainRig(version, { script: lookThenAnswer, tools: [look(version)] });
        const { preHook, postHook } = rig.hooks;
        const headroomOf = (agent: string): HeadroomMiddleware =>
          createHeadroomMiddleware({ preHooks: [preHook], postHooks: [postHook], agent });
        const agentOf = (name: string): LangChainAgent =>
          version.createAgent({
            name,
            model: new ScriptedChatModel(scriptedProvider('v4', lookThenAnswer)),
            tools: [look(version)],
            middleware: [headroomOf(name)],
          });
        const graph = new StateGraph(MessagesAnnotation)
          .addNode('first', agentOf('first').graph as never)
          .addNode('second', agentOf('second').graph as never)
          .addEdge('__start__', 'first')
          .addEdge('first', 'second')
          .compile();
        await graph.invoke(say('What failed?'), { callbacks: [headroomOf('graph').callbacks] });
        const ends = rig.all('run.end');
        expect(ends.map(({ agent, outcome, modelCallCount }) => [agent, outcome, modelCallCount])).toEqual([
          ['first', 'ok', 2],
          ['second', 'ok', 2],
        ]);
        expect(ends.map(({ parentRunId }) => parentRunId)).toEqual([undefined, undefined]);
        assertPaired(rig.events);
      });

      it('one middleware in two agents, one of which works in a tool of the other', async () => {
        const rig = createLangChainRig(version, { script: lookThenAnswer });
        const { preHook, postHook } = rig.hooks;
        const headroom = createHeadroomMiddleware({ preHooks: [preHook], postHooks: [postHook] });
        const model = (): ScriptedChatModel => new ScriptedChatModel(scriptedProvider('v4', lookThenAnswer));
        const agentOf = (name: string, tool: unknown): LangChainAgent =>
          version
            .createAgent({ name, model: model(), tools: [tool], middleware: [headroom] })
            .withConfig({ callbacks: [headroom.callbacks] });
        const inner = agentOf('inner', look(version));
        const delegate = look(version, async () => (await inner.invoke(say('What failed?'))).messages.at(-1)?.text);
        await Promise.all([1, 2].map(() => agentOf('outer', delegate).invoke(say('Ask the other.'))));
        const outer = rig.all('run.end').filter(({ agent }) => agent === 'outer');
        const nested = rig.all('run.end').filter(({ agent }) => agent === 'inner');
        expect(new Set(nested.map(({ parentRunId }) => parentRunId))).toEqual(new Set(outer.map(({ runId }) => runId)));
        expect(outer).toHaveLength(2);
        for (const end of [...outer, ...nested]) expect(end).toMatchObject({ modelCallCount: 2, toolCallCount: 1 });
        assertPaired(rig.events);
      });

      it('a run that takes too many steps ends as an error, with what LangGraph says', async () => {
        const script: Script = () => ({ toolCalls: [{ toolName: 'look', input: {} }] });
        const rig = createLangChainRig(version, { script, tools: [look(version)] });
        await expect(rig.agent.invoke(say('Go on.'), { recursionLimit: 6 })).rejects.toThrow(/[Rr]ecursion/);
        expect(rig.all('run.end')).toMatchObject([{ outcome: 'error', errorType: 'GraphRecursionError' }]);
        assertPaired(rig.events);
      });
    },
  );
}
