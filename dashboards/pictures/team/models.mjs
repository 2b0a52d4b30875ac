/** Models of the team: how fast they are, and where they come from. */
export const MODELS = {
  'claude-sonnet-4-5': { provider: 'anthropic.messages', firstChunkMs: 1_100, msPerToken: 11, writesCache: true },
  'gpt-5': { provider: 'openai.responses', firstChunkMs: 1_900, msPerToken: 14, reasons: true },
  'gpt-5-mini': { provider: 'openai.responses', firstChunkMs: 480, msPerToken: 6, reasons: true },
  'mistral-small-3': { provider: 'mistral.chat', firstChunkMs: 350, msPerToken: 8 },
};

/** In USD for a million tokens. */
export const PRICES = {
  'claude-sonnet-4*': { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
  'gpt-5*': { input: 1.25, output: 10, cacheRead: 0.125 },
  'gpt-5-mini*': { input: 0.25, output: 2, cacheRead: 0.025 },
  'mistral-small*': { input: 0.1, output: 0.3 },
};

export const CONTEXT_WINDOWS = { 'claude-*': 200_000, 'gpt-5*': 128_000, 'mistral-*': 32_000 };

const CHARACTERS_PER_TOKEN = 3.7;

/**
 * A provider's model that plays `play(prompt)`: it waits as long as such a model takes, bills the prompt that it was
 * sent, and reads from its cache what an earlier call began with.
 */
export function createProviderModel(name, { clock, random, play, weather }) {
  const { provider, firstChunkMs, msPerToken, writesCache = false, reasons = false } = MODELS[name];
  const cached = new Map();

  async function begin({ prompt, abortSignal }) {
    const { slowness, overloaded, broken } = weather(name);
    if (random.chance(overloaded)) {
      await clock.sleep(200 + random.integer(0, 500), abortSignal);
      throw apiError('Overloaded', 529);
    }
    const answer = play(prompt);
    const text = prompt.map(({ role, content }) => `${role}${JSON.stringify(content)}`);
    const usage = bill(text, answer);
    // Long tails, as networks have them.
    const jitter = slowness * Math.exp(0.35 * normal(random));
    return {
      answer,
      usage,
      breaks: random.chance(broken),
      firstMs: (firstChunkMs + usage.inputTokens.total / 60) * jitter,
      restMs: usage.outputTokens.total * msPerToken * jitter,
    };
  }

  function bill(text, answer) {
    const lengths = text.map((message) => Math.ceil(message.length / CHARACTERS_PER_TOKEN));
    const total = lengths.reduce((sum, length) => sum + length, 0);
    let [cacheRead, cacheWrite, sum] = [0, 0, 0];
    for (const [index, message] of text.entries()) {
      const key = `${index} ${message.length} ${message.slice(0, 300)}`;
      sum += lengths[index];
      if (cacheRead + lengths[index] >= sum && cached.has(key)) cacheRead = sum;
      cached.set(key, true);
    }
    if (cached.size > 4_000) for (const key of [...cached.keys()].slice(0, 2_000)) cached.delete(key);
    if (cacheRead < 1_024) cacheRead = 0;
    if (writesCache) cacheWrite = total - cacheRead;
    const reasoning = reasons ? random.integer(20, 220) : 0;
    const output =
      Math.ceil(JSON.stringify(answer).length / CHARACTERS_PER_TOKEN) + random.integer(20, 240) + reasoning;
    return {
      inputTokens: { total, noCache: total - cacheRead - cacheWrite, cacheRead, cacheWrite },
      outputTokens: { total: output, text: output - reasoning, reasoning },
    };
  }

  return {
    specificationVersion: 'v4',
    provider,
    modelId: name,
    supportedUrls: {},
    async doGenerate(call) {
      const { answer, usage, firstMs, restMs, breaks } = await begin(call);
      await clock.sleep(firstMs + restMs, call.abortSignal);
      if (breaks) throw apiError('Bad gateway', 502);
      return { content: contentOf(answer), usage, finishReason: finishOf(answer), warnings: [] };
    },
    async doStream(call) {
      const begun = await begin(call);
      const { abortSignal } = call;
      return { stream: ReadableStream.from(partsOf(begun, (ms) => clock.sleep(ms, abortSignal))) };
    },
  };
}

async function* partsOf({ answer, usage, firstMs, restMs, breaks }, sleep) {
  yield { type: 'stream-start', warnings: [] };
  await sleep(firstMs);
  if (answer.text !== undefined) {
    const words = answer.text.split(/(?<= )/);
    yield { type: 'text-start', id: 'text' };
    for (const delta of words) {
      yield { type: 'text-delta', id: 'text', delta };
      await sleep(restMs / words.length);
      if (breaks) throw new TypeError('terminated');
    }
    yield { type: 'text-end', id: 'text' };
  } else await sleep(restMs);
  for (const part of contentOf(answer)) if (part.type === 'tool-call') yield part;
  yield { type: 'finish', usage, finishReason: finishOf(answer) };
}

function contentOf({ text, toolCalls = [] }) {
  const said = text === undefined ? [] : [{ type: 'text', text }];
  return [...said, ...toolCalls.map((call) => ({ type: 'tool-call', ...call, input: JSON.stringify(call.input) }))];
}

function finishOf({ toolCalls = [] }) {
  const calls = toolCalls.length > 0;
  return { unified: calls ? 'tool-calls' : 'stop', raw: calls ? 'tool_calls' : 'stop' };
}

let APICallError;
/** The class has to be that of the SDK, or nothing is tried again. */
export function useApiCallError(constructor) {
  APICallError = constructor;
}

function apiError(message, statusCode) {
  return new APICallError({ message, url: 'http://localhost', requestBodyValues: {}, statusCode, isRetryable: true });
}

function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
