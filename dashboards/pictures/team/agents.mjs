import { createAgentClass } from '../../../dist/adapters/ai-sdk.js';
import { HeadroomModel } from '../../../dist/index.js';
import * as sdk from 'ai';
import { createProviderModel, useApiCallError } from './models.mjs';
import { TOOLS } from './tool-results.mjs';

useApiCallError(sdk.APICallError);

/** Who works for the shop, on which models, how often an hour, with what. `leaves` is the share of people who do not wait. */
const AGENTS = {
  support: {
    models: ['gpt-5-mini'],
    runsPerHour: 190,
    turns: [1, 4],
    streams: true,
    leaves: 0.06,
    tools: ['get_customer', 'read_messages', 'list_orders', 'fetch_page', 'send_reply'],
  },
  'incident-responder': {
    models: ['claude-sonnet-4-5'],
    runsPerHour: 44,
    turns: [3, 7],
    streams: false,
    leaves: 0.02,
    tools: [
      'search_logs',
      'query_metrics',
      'get_pods',
      'list_deployments',
      'read_messages',
      'read_file',
      'ask_log_reader',
    ],
  },
  'log-reader': {
    models: ['gpt-5-mini'],
    runsPerHour: 0,
    turns: [1, 3],
    streams: false,
    leaves: 0,
    tools: ['search_logs'],
  },
  'code-reviewer': {
    models: ['gpt-5', 'claude-sonnet-4-5'],
    runsPerHour: 52,
    turns: [3, 8],
    streams: true,
    leaves: 0.03,
    tools: ['get_diff', 'search_code', 'read_file', 'run_tests'],
  },
  'stock-planner': {
    models: ['mistral-small-3'],
    runsPerHour: 36,
    turns: [1, 4],
    streams: false,
    leaves: 0.01,
    tools: ['export_stock', 'list_orders'],
  },
};

/** Everybody of the team on one process's hooks; `start(agent)` begins a run and returns when it is over. */
export function createTeam({ hooks, clock, random, weather, budget }) {
  const HookedAgent = createAgentClass(sdk.ToolLoopAgent);
  const wrapped = new Map();
  const modelOf = (name, play) => {
    const provider = createProviderModel(name, { clock, random, weather, play });
    return new HeadroomModel(provider, {
      events: hooks.events,
      clock,
      budget,
      tools: { get_pods: { maxTokens: 3_000 } },
    });
  };
  const agentOf = (id, modelName) => {
    const key = `${id} ${modelName}`;
    if (!wrapped.has(key)) {
      const { tools, turns } = AGENTS[id];
      const agent = new HookedAgent({
        id,
        model: modelOf(modelName, (prompt) => nextAnswer(prompt, { random, tools, turns })),
        instructions: INSTRUCTIONS,
        tools: Object.fromEntries(tools.map((name) => [name, toolOf(name)])),
        preHooks: [hooks.preHook],
        postHooks: [hooks.postHook],
        stopWhen: sdk.stepCountIs(12),
        maxRetries: 2,
        onError: () => {},
      });
      wrapped.set(key, agent);
    }
    return wrapped.get(key);
  };
  const anything = sdk.jsonSchema({ type: 'object', properties: {}, additionalProperties: true });
  const toolOf = (name) => {
    if (name === 'ask_log_reader') {
      const execute = async () => (await agentOf('log-reader', 'gpt-5-mini').generate({ prompt: QUESTION })).text;
      return sdk.tool({ description: 'Asks an agent that reads logs.', inputSchema: anything, execute });
    }
    const { typicalMs, answer } = TOOLS[name];
    const execute = async (input, { abortSignal } = {}) => {
      const { brokenTools } = weather(name);
      await clock.sleep(typicalMs * (0.5 + random.next() ** 3 * 4), abortSignal);
      if (random.chance(0.01 + brokenTools)) throw new ToolTimeoutError(`${name} did not answer`);
      const result = answer(input);
      return random.chance(FRESH_SHARE) ? varied(result, random) : result;
    };
    return sdk.tool({ description: `Answers ${name}.`, inputSchema: anything, execute });
  };

  return {
    names: Object.keys(AGENTS).filter((id) => AGENTS[id].runsPerHour > 0),
    runsPerHour: (id) => AGENTS[id].runsPerHour,
    async start(id) {
      const { models, streams, leaves } = AGENTS[id];
      const agent = agentOf(id, random.pick(models));
      const controller = new AbortController();
      if (random.chance(leaves)) clock.schedule(() => controller.abort(), 1_000 + random.integer(0, 12_000));
      const call = { prompt: QUESTION, abortSignal: controller.signal };
      try {
        if (!streams) await agent.generate(call);
        else for await (const part of (await agent.stream(call)).fullStream) if (part.type === 'error') break;
      } catch {
        // What fails is part of the picture.
      }
    },
  };
}

/** The rest was seen before by the same process: agents of one service read the same pages, files and lists. */
const FRESH_SHARE = 0.12;

/** The same kind of text that nobody has seen before. */
function varied(result, random) {
  if (typeof result === 'string') {
    const lines = result.split('\n');
    return lines.length < 20
      ? result
      : lines.slice(random.integer(0, 15), lines.length - random.integer(0, 4)).join('\n');
  }
  return Array.isArray(result)
    ? result.slice(random.integer(0, Math.min(15, result.length - 1)))
    : { ...result, request: random.hex(8) };
}

class ToolTimeoutError extends Error {
  name = 'ToolTimeoutError';
}

const INSTRUCTIONS = `You work for an online shop. ${'Look before you conclude, and say where you looked. '.repeat(90)}`;
const QUESTION = 'What went wrong with the orders of last night, who is affected, and what do we do now?';

/** Calls tools for some turns, asks now and then for what was left out, then answers. */
function nextAnswer(prompt, { random, tools, turns }) {
  const answers = prompt.filter(({ role }) => role === 'assistant').length;
  // Who works longer is decided anew in each turn, with the same mean.
  const [least, most] = turns;
  const over = answers >= most || (answers >= least && random.chance(1 / (most - least + 1)));
  if (over)
    return { text: 'It was the pool of connections: it was cut to a tenth. Roll back, and refund seven orders.' };
  const leftOut = random.chance(0.07) ? retrievalOf(prompt) : undefined;
  const count = random.pick([1, 1, 1, 2, 3]);
  const asked = JSON.stringify(prompt);
  const calls = Array.from({ length: count }, (_, index) =>
    newCall({ random, tools, asked, id: `call_${answers}_${index}` }),
  );
  if (leftOut !== undefined)
    calls.push({ toolCallId: `call_${answers}_r`, toolName: 'headroom_retrieve', input: leftOut });
  return { text: 'I look further.', toolCalls: calls };
}

/** A call that was not made before in this run, unless there is none. */
function newCall({ random, tools, asked, id }) {
  for (let attempt = 0; ; attempt++) {
    const toolName = random.pick(tools);
    const input = TOOLS[toolName]?.draw(random) ?? { question: 'What do the logs say?' };
    const isNew = !asked.includes(`"toolName":"${toolName}","input":${JSON.stringify(input)}`);
    if (isNew || attempt > 8) return { toolCallId: id, toolName, input };
  }
}

function retrievalOf(prompt) {
  const text = JSON.stringify(prompt).replaceAll('\\', '');
  const match = /headroom_retrieve with id "([^"]+)" and (rows|lines) "([^"]+)"/.exec(text);
  return match === null ? undefined : { id: match[1], [match[2]]: match[3] };
}
