import { modelFallbackMiddleware, modelRetryMiddleware } from 'langchain';
import { ToolMessage } from '@langchain/core/messages';
import { describe, expect, it } from 'vitest';
import { createHeadroomMiddleware } from '../../../src/adapters/langchain.ts';
import { createHeadroomHooks, HeadroomStopError } from '../../../src/index.ts';
import { assertPaired } from '../../../src/testing.ts';
import { expectRetrievedLines } from '../expect-retrieved-lines.ts';
import { scriptedProvider, type Script } from '../scripted-provider.ts';
import { logLines, requestRows } from '../service-log.ts';
import { driversOf } from './langchain-drivers.ts';
import { createLangChainRig, historyOf, say } from './langchain-rig.ts';
import { LANGCHAIN_VERSIONS, NEWEST, type LangChainVersion } from './langchain-version.ts';
import { ScriptedChatModel } from './scripted-chat-model.ts';

const rows = JSON.stringify(requestRows(80), undefined, 2);

const lookThenAnswer: Script = ({ answerCount }) =>
  answerCount === 0 ? { toolCalls: [{ toolName: 'look', input: {} }] } : { text: 'All is well.' };

const noInput = { type: 'object', properties: {} };

function lookTool(version: LangChainVersion, result: () => unknown, more: object = {}): unknown {
  return version.tool(async () => result(), { name: 'look', description: 'Looks.', schema: noInput, ...more });
}

function isDown(): never {
  throw new Error(`The service is down. ${rows}`);
}

for (const version of LANGCHAIN_VERSIONS) {
  describe(
    `An agent of ${version.name}`,
    { meta: { testedHost: version.host, driver: driversOf(version)[0]?.name ?? '' } },
    () => {
      it('sends a text result in fewer tokens, as a tool message, and keeps the raw one in the state', async () => {
        const rig = createLangChainRig(version, { script: lookThenAnswer, tools: [lookTool(version, () => rows)] });
        const { messages } = await rig.agent.invoke(say('What failed?'));
        const sent = rig.model.received[1]?.find(({ type }) => type === 'tool');
        expect(ToolMessage.isInstance(sent)).toBe(true);
        expect(sent?.text.length).toBeLessThan(rows.length * 0.7);
        expect(messages.find(({ type }) => type === 'tool')?.content).toBe(rows);
        // What LangChain serializes for tracers is what was sent.
        expect(JSON.parse(JSON.stringify(sent))).toMatchObject({ kwargs: { content: sent?.content, name: 'look' } });
      });

      it('rewrites the texts among content blocks; images and artifacts stay as they are', async () => {
        const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };
        const blocks = [{ type: 'text', text: rows, cache_control: { type: 'ephemeral' } }, image];
        const artifact = { rows: requestRows(3) };
        const look = lookTool(version, () => [blocks, artifact], { responseFormat: 'content_and_artifact' });
        const rig = createLangChainRig(version, { script: lookThenAnswer, tools: [look] });
        const { messages } = await rig.agent.invoke(say('What failed?'));
        const sent = rig.model.received[1]?.find(({ type }) => type === 'tool') as ToolMessage;
        const [text, second] = sent.content as unknown as readonly [{ readonly text: string }, unknown];
        expect(text).toEqual({ ...blocks[0], text: expect.any(String) });
        expect(text.text.length).toBeLessThan(rows.length * 0.7);
        expect(second).toEqual(image);
        expect(sent.artifact).toEqual(artifact);
        expect(messages.find(({ type }) => type === 'tool')).toMatchObject({ content: blocks, artifact });
      });

      it('hands on every other message as the very object that the state holds', async () => {
        const rig = createLangChainRig(version, { script: lookThenAnswer, tools: [lookTool(version, () => rows)] });
        const { messages } = await rig.agent.invoke(say('What failed?'));
        const others = (rig.model.received[1] ?? []).filter(({ type }) => type !== 'tool');
        expect(others).toHaveLength(2);
        for (const message of others) expect(messages).toContain(message);
      });

      it('goes on as without us when a tool threw, and tells of it', async () => {
        const rig = createLangChainRig(version, { script: lookThenAnswer, tools: [lookTool(version, isDown)] });
        const answer = await rig.agent.invoke(say('What failed?'));
        expect(historyOf(answer.messages)).toBe(historyOf((await rig.alone.invoke(say('What failed?'))).messages));
        expect(rig.all('tool.end')).toMatchObject([{ toolName: 'look', outcome: 'error', errorType: 'Error' }]);
      });

      // The oldest does not say in a message that its tool threw.
      it.runIf(version === NEWEST)('sends the result of a tool that threw as it is', async () => {
        const rig = createLangChainRig(version, { script: lookThenAnswer, tools: [lookTool(version, isDown)] });
        const { messages } = await rig.agent.invoke(say('What failed?'));
        expect(messages).toContain(rig.model.received[1]?.find(({ type }) => type === 'tool'));
      });

      it('a call with arguments that do not fit its tool goes on as without us', async () => {
        const schema = { type: 'object', properties: { count: { type: 'number' } }, required: ['count'] };
        const look = lookTool(version, () => rows, { schema });
        const rig = createLangChainRig(version, { script: lookThenAnswer, tools: [look] });
        const answer = await rig.agent.invoke(say('What failed?'));
        expect(historyOf(answer.messages)).toBe(historyOf((await rig.alone.invoke(say('What failed?'))).messages));
        expect(rig.all('run.end')).toMatchObject([{ outcome: 'ok' }]);
      });

      it('offers the tool for what was left out beside the own ones, and answers it', async () => {
        const seen: (readonly string[])[] = [];
        const script: Script = ({ answerCount, prompt, toolNames }) => {
          seen.push(toolNames);
          if (answerCount === 0) return { toolCalls: [{ toolName: 'look', input: {} }] };
          if (answerCount > 1) return { text: 'I have read all that I need.' };
          const notice = /headroom_retrieve with id \\?"([0-9a-f]+)\\?" and lines \\?"(\d+)/.exec(
            JSON.stringify(prompt),
          );
          const [, id = '', first = ''] = notice ?? [];
          return {
            toolCalls: [{ toolName: 'headroom_retrieve', input: { id, lines: `${first}-${Number(first) + 4}` } }],
          };
        };
        const lines = logLines(1_500);
        const rig = createLangChainRig(version, { script, tools: [lookTool(version, () => lines.join('\n'))] });
        const { messages } = await rig.agent.invoke(say('Which requests were slow?'));
        expect(seen[0]).toEqual(['look', 'headroom_retrieve']);
        const results = messages.filter(({ type }) => type === 'tool').map(({ content }) => String(content));
        expectRetrievedLines(rig, lines, results);
      });

      it('offers nothing and leaves nothing out with loss none', async () => {
        const headroom = createHeadroomMiddleware({ compression: { loss: 'none' } });
        expect(headroom.tools).toEqual([]);
        expect(createHeadroomMiddleware({ compression: { mode: 'audit' } }).tools).toEqual([]);
        expect(createHeadroomMiddleware().tools.map(({ name }) => name)).toEqual(['headroom_retrieve']);
      });

      it('tells usage with its parts, and why the model stopped', async () => {
        const usage = {
          inputTokens: 900,
          outputTokens: 40,
          cacheReadTokens: 600,
          cacheWriteTokens: 100,
          reasoningTokens: 7,
        };
        const rig = createLangChainRig(version, { script: () => ({ text: 'Done.', usage }) });
        await rig.agent.invoke(say('Hello'));
        const end = { usage, finishReason: 'stop', model: 'scripted-model' };
        expect(rig.all('model.end')).toMatchObject([end]);
        expect(rig.all('run.end')).toMatchObject([end]);
      });

      it('names the session by the thread and the agent by its name', async () => {
        const rig = createLangChainRig(version, { script: () => ({ text: 'Hi.' }), params: { name: 'shopkeeper' } });
        await rig.agent.invoke(say('Hello'), { configurable: { thread_id: 'thread-7' } });
        expect(rig.all('run.start')).toMatchObject([{ sessionId: 'thread-7', agent: 'shopkeeper' }]);
      });

      it('a pre hook that stops the run keeps the model from being called, and ends it as aborted', async () => {
        const stop = (): never => {
          throw new HeadroomStopError('Not today.');
        };
        const hooks = createHeadroomHooks();
        const options = { preHooks: [hooks.preHook, stop], postHooks: [hooks.postHook] };
        const rig = createLangChainRig(version, { script: lookThenAnswer, hooks, options });
        const failure: unknown = await rig.agent.invoke(say('Hello')).catch((error: unknown) => error);
        expect(failure).toMatchObject({ name: 'HeadroomStopError', message: 'Not today.' });
        expect(HeadroomStopError.is((failure as Error).cause)).toBe(true);
        expect(rig.model.received).toEqual([]);
        expect(rig.all('run.end')).toMatchObject([{ outcome: 'aborted' }]);
        assertPaired(rig.events);
      });

      it('a pre hook that fails is reported, and the run goes on', async () => {
        const hooks = createHeadroomHooks();
        const fail = (): never => {
          throw new Error('A hook failed.');
        };
        const options = { preHooks: [fail, hooks.preHook], postHooks: [hooks.postHook, fail] };
        const rig = createLangChainRig(version, { script: () => ({ text: 'Hi.' }), hooks, options });
        await rig.agent.invoke(say('Hello'));
        expect(rig.all('run.end')).toMatchObject([{ outcome: 'ok' }]);
        expect(rig.all('fault')).toMatchObject([{ where: 'hook' }, { where: 'hook' }]);
      });

      it('without the callbacks it compresses all the same, and says once what is missing', async () => {
        const hooks = createHeadroomHooks();
        const faults: string[] = [];
        hooks.on('fault', ({ message }) => void faults.push(message));
        const saved: number[] = [];
        hooks.on('compression.end', ({ tokensSaved }) => void saved.push(tokensSaved));
        const model = new ScriptedChatModel(scriptedProvider('v4', lookThenAnswer));
        const headroom = createHeadroomMiddleware({ preHooks: [hooks.preHook], postHooks: [hooks.postHook] });
        const tools = [lookTool(version, () => rows)];
        const agent = version.createAgent({ model, tools, middleware: [headroom] });
        await agent.invoke(say('What failed?'));
        expect(faults).toEqual([expect.stringContaining('.withConfig({ callbacks: [headroom.callbacks] })')]);
        expect(saved[1]).toBeGreaterThan(0);
        // With callbacks in the call, and within hooks.run(), all is there.
        await agent.invoke(say('What failed?'), { callbacks: [headroom.callbacks] });
        await hooks.run(() => agent.invoke(say('What failed?')));
        expect(hooks.postHook.requests.map(({ outcome, tokensSaved }) => [outcome, tokensSaved > 0])).toEqual([
          ['ok', true],
          ['ok', true],
        ]);
        expect(faults).toHaveLength(1);
      });

      it('counts what was saved once when a call is tried again', async () => {
        let failures = 0;
        const script: Script = (turn) => {
          if (turn.answerCount === 0) return lookThenAnswer(turn);
          failures += 1;
          return failures === 1 ? { rejection: new Error('Overloaded.') } : { text: 'All is well.' };
        };
        const outside = [modelRetryMiddleware({ maxRetries: 1, initialDelayMs: 1 })];
        const rig = createLangChainRig(version, { script, outside, tools: [lookTool(version, () => rows)] });
        await rig.agent.invoke(say('What failed?'));
        expect(rig.all('model.end').map(({ outcome }) => outcome)).toEqual(['ok', 'error', 'ok']);
        expect(rig.all('compression.end').map(({ isRetry }) => isRetry)).toEqual([false, false, true]);
        expect(rig.all('run.end')).toMatchObject([{ outcome: 'ok', modelCallCount: 3 }]);
        assertPaired(rig.events);
      });

      it('a fallback to another model is called with what was compressed', async () => {
        const other = new ScriptedChatModel(scriptedProvider('v4', () => ({ text: 'The other one.' })));
        const script: Script = (turn) =>
          turn.answerCount === 0 ? lookThenAnswer(turn) : { rejection: new Error('Overloaded.') };
        const outside = [modelFallbackMiddleware(other)];
        const rig = createLangChainRig(version, { script, outside, tools: [lookTool(version, () => rows)] });
        const { messages } = await rig.agent.invoke(say('What failed?'));
        expect(messages.at(-1)?.text).toBe('The other one.');
        expect(other.received[0]?.at(-1)?.text.length).toBeLessThan(rows.length * 0.7);
        expect(rig.all('run.end')).toMatchObject([{ outcome: 'ok' }]);
      });

      it('an agent that answers in a form is asked and read as without us', async () => {
        const script: Script = ({ toolNames }) => ({
          toolCalls: [{ toolName: toolNames.find((name) => name !== 'headroom_retrieve') ?? '', input: { failed: 1 } }],
        });
        const responseFormat = { type: 'object', title: 'Report', properties: { failed: { type: 'number' } } };
        const rig = createLangChainRig(version, { script, params: { responseFormat } });
        const answer = (await rig.agent.invoke(say('How many?'))) as { readonly structuredResponse?: unknown };
        expect(answer.structuredResponse).toEqual({ failed: 1 });
        expect(rig.all('model.end')).toMatchObject([{ outcome: 'ok', usage: { inputTokens: 100 } }]);
      });
    },
  );
}
