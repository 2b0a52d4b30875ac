import { APICallError } from 'ai';
import { createAgentClass } from '../../src/adapters/ai-sdk.ts';
import type { HeadroomHooks } from '../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel } from '../../src/model/headroom-model.ts';
import { AI_7, type LoopAgent } from './ai-sdk-version.ts';
import { scriptedProvider, type Script, type ScriptedUsage } from './scripted-provider.ts';

/** What a provider would put on the bill: one line for each call that it answered. */
export interface Billed {
  readonly model: string;
  readonly usage: ScriptedUsage;
}

export interface AgentTeam {
  readonly manager: LoopAgent;
  /** Filled while the manager works. */
  readonly bill: readonly Billed[];
  /** Calls that reached a provider, those that failed included. */
  readonly callCount: () => number;
  readonly models: readonly HeadroomModel[];
}

/** What the two prompts of the shop may use, and what they cost. */
export const TEAM_PRICES = {
  'manager-*': { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
  'researcher-*': { input: 1, output: 5 },
} as const;

/**
 * A manager who asks a researcher, an agent in a tool, while it searches for itself, then searches again, then answers.
 * The researcher's first call fails and is tried again; then it reads two logs at once. Everything whose numbers have to
 * add up is in it: nested runs, a retry, parallel tools, cached and reasoning tokens, results that are carried along.
 */
export function createAgentTeam(hooks: HeadroomHooks): AgentTeam {
  const bill: Billed[] = [];
  const { sdk, specificationVersion } = AI_7;
  const HookedAgent = createAgentClass(sdk.ToolLoopAgent);
  const hooked = { preHooks: [hooks.preHook], postHooks: [hooks.postHook], maxRetries: 1, onError: () => {} };

  function billed(model: string, script: Script) {
    const provider = scriptedProvider(specificationVersion, (turn) => {
      const answer = script(turn);
      if (answer.rejection === undefined && answer.usage !== undefined) bill.push({ model, usage: answer.usage });
      return answer;
    });
    return { ...provider, modelId: model, calls: provider.calls };
  }

  let failures = 0;
  const researching = billed('researcher-2', ({ answerCount }) => {
    if (failures === 0) {
      failures += 1;
      return { rejection: overloaded() };
    }
    return answerCount === 0
      ? {
          toolCalls: [
            { toolName: 'read_log', input: { service: 'shop' } },
            { toolName: 'read_log', input: { service: 'till' } },
          ],
          usage: { inputTokens: 700, outputTokens: 40 },
        }
      : { text: 'The till was slow.', usage: { inputTokens: 2_100, outputTokens: 60, reasoningTokens: 25 } };
  });
  const managing = billed('manager-1', ({ answerCount }) => {
    if (answerCount === 0) {
      return {
        toolCalls: [
          { toolName: 'ask_researcher', input: { question: 'Why?' } },
          { toolName: 'search', input: { query: 'orders' } },
        ],
        usage: { inputTokens: 1_000, outputTokens: 50, cacheWriteTokens: 900 },
      };
    }
    return answerCount === 1
      ? {
          toolCalls: [{ toolName: 'search', input: { query: 'payments' } }],
          usage: { inputTokens: 3_000, outputTokens: 30, cacheReadTokens: 900, cacheWriteTokens: 2_000 },
        }
      : { text: 'It was the till.', usage: { inputTokens: 4_500, outputTokens: 90, cacheReadTokens: 2_900 } };
  });

  const researchModel = new HeadroomModel(researching, { events: hooks.events });
  const manageModel = new HeadroomModel(managing, { events: hooks.events });
  const anything = sdk.jsonSchema({ type: 'object', properties: {}, additionalProperties: true });
  const researcher = new HookedAgent({
    ...hooked,
    id: 'researcher',
    model: researchModel,
    tools: { read_log: sdk.tool({ inputSchema: anything, execute: async () => LOG }) },
  });
  const manager = new HookedAgent({
    ...hooked,
    id: 'manager',
    model: manageModel,
    tools: {
      ask_researcher: sdk.tool({
        inputSchema: anything,
        execute: async () => (await researcher.generate({ prompt: 'Why was the till slow?' })).text,
      }),
      search: sdk.tool({ inputSchema: anything, execute: async () => ORDERS }),
    },
  });
  return {
    manager,
    bill,
    callCount: () => researching.calls.length + managing.calls.length,
    models: [researchModel, manageModel],
  };
}

function overloaded(): APICallError {
  return new APICallError({
    message: 'Overloaded',
    url: 'http://localhost',
    requestBodyValues: {},
    statusCode: 529,
    isRetryable: true,
    responseHeaders: { 'retry-after-ms': '1' },
  });
}

const ORDERS = {
  orders: Array.from({ length: 60 }, (_, index) => ({
    id: 1_000 + index,
    customer: `customer-${index % 7}`,
    status: index % 9 === 0 ? 'failed' : 'paid',
    currency: 'EUR',
    amount: 10 + index,
  })),
};

const LOG = Array.from(
  { length: 120 },
  (_, index) => `2026-03-01T10:${String(index % 60).padStart(2, '0')}:00.000Z INFO till request handled in ${index} ms`,
).join('\n');
