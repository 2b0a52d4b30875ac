import { createAgent } from 'langchain';
import type { RunnableConfig } from '@langchain/core/runnables';
import { expect, it } from 'vitest';
import { createHeadroomMiddleware } from '../../../src/adapters/langchain.ts';
import { scriptedProvider } from '../scripted-provider.ts';
import { ScriptedChatModel } from './scripted-chat-model.ts';

// What this says is said when it compiles, against the types of the LangChain that is installed.
it('fits the types of LangChain', async () => {
  const headroom = createHeadroomMiddleware();
  const callbacks: NonNullable<RunnableConfig['callbacks']> = [headroom.callbacks];
  const model = new ScriptedChatModel(scriptedProvider('v4', () => ({ text: 'Hi.' })));
  const agent = createAgent({ model, tools: [], middleware: [headroom] }).withConfig({ callbacks });
  const { messages } = await agent.invoke({ messages: [{ role: 'user', content: 'Hello' }] });
  expect(messages.at(-1)?.text).toBe('Hi.');
});
