import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHeadroomHooks } from 'headroom-hooks';
import { headroomFetch } from 'headroom-hooks/fetch';
import OpenAI from 'openai';

// Stands for OpenAI, so that this runs without a key: asks for the log first, then reads five lines of it again.
const provider = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const { messages } = JSON.parse(body) as OpenAI.Chat.ChatCompletionCreateParams;
  const calls = messages.filter(({ role }) => role === 'tool').length;
  const notice = /headroom_retrieve with id \\+"([0-9a-f]+)\\+" and lines \\+"(\d+)/.exec(body);
  const call =
    calls === 0
      ? { name: 'read_log', arguments: '{}' }
      : { name: 'headroom_retrieve', arguments: JSON.stringify({ id: notice?.[1], lines: `${notice?.[2]}` }) };
  const message =
    calls < 2
      ? { role: 'assistant', content: null, tool_calls: [{ id: `call_${calls}`, type: 'function', function: call }] }
      : { role: 'assistant', content: 'Request 812 failed: the payment gateway timed out.' };
  const finish_reason = calls < 2 ? 'tool_calls' : 'stop';
  const usage = { prompt_tokens: Math.round(body.length / 4), completion_tokens: 12, total_tokens: 0 };
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ object: 'chat.completion', choices: [{ index: 0, message, finish_reason }], usage }));
});
await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
const baseURL = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;

const log = Array.from({ length: 1_000 }, (_, id) =>
  id === 812
    ? `2026-01-05T02:${String(id % 60).padStart(2, '0')}:00Z ERROR request ${id} failed: payment gateway timed out`
    : `2026-01-05T02:${String(id % 60).padStart(2, '0')}:00Z INFO request ${id} served in ${10 + (id % 37)} ms`,
).join('\n');

const hooks = createHeadroomHooks();
hooks.on('run.end', ({ outcome, modelCallCount }) => console.log(`${outcome} after ${modelCallCount} model calls.`));
const fetch = headroomFetch({ events: hooks.events });
const client = new OpenAI({ apiKey: 'none', baseURL, fetch });

// Offered to the model, it lets lines be left out, which the model can ask for. Without it, compression is lossless.
const retrieve = fetch.retrieveTool.chat;

const answer = await hooks.run(() =>
  client.chat.completions
    .runTools({
      model: 'gpt-5',
      messages: [{ role: 'user', content: 'Which request failed last night?' }],
      tools: [
        {
          type: 'function',
          function: {
            name: 'read_log',
            description: 'Reads the log of last night.',
            parameters: { type: 'object', properties: {} },
            parse: JSON.parse,
            function: () => log,
          },
        },
        retrieve,
      ],
    })
    .finalContent(),
);
const { totalTokensBefore, savingsPercent } = fetch.getSavingsSummary();
console.log(answer);
console.log(`${fetch.totalTokensSaved} of ${totalTokensBefore} tokens saved (${savingsPercent.toFixed(0)} %).`);
provider.close();
