import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { nextTurn } from './script/investigation.ts';
import { chatWire } from './script/openai-chat.ts';
import { responsesWire } from './script/openai-responses.ts';
import { InvalidRequestError, type OpenAIWire, type ServerSentEvent } from './script/openai-wire.ts';
import { countText, createPromptCache } from './script/prompt-cache.ts';

export interface OpenAIServerOptions {
  /** Streams at the speed of a model: about 8 seconds for the whole investigation. Otherwise at once. */
  readonly paced: boolean;
}

export interface OpenAIServer {
  /** `http://127.0.0.1:43121/v1`, for the `baseURL` of a provider. */
  readonly baseUrl: string;
  close(): Promise<void>;
}

const WIRES: Readonly<Record<string, OpenAIWire>> = {
  '/v1/responses': responsesWire,
  '/v1/chat/completions': chatWire,
};
const BEFORE_FIRST_CHUNK_MS = 350;
const BETWEEN_CHUNKS_MS = 14;

/**
 * Starts a server on this machine that speaks the OpenAI protocol, both APIs of it, and plays an investigation from a
 * script. What it says follows from what it is sent: it reads ids from the notices in the results, says only what it
 * has read, refuses a history that OpenAI would refuse, and bills the tokens of the request that it received.
 */
export async function startOpenAIServer({ paced }: OpenAIServerOptions): Promise<OpenAIServer> {
  const countPrompt = createPromptCache();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const wire = request.method === 'POST' ? WIRES[request.url ?? ''] : undefined;
    if (wire === undefined) return sendError(response, 404, `There is no ${request.method} ${request.url} here.`);
    const received = wire.read(await readJson(request));
    const turn = nextTurn(received.results);
    const written = {
      id: String(received.results.length),
      model: received.model,
      createdAtSeconds: Math.floor(Date.now() / 1_000),
      turn,
      usage: {
        ...countPrompt(received.promptParts),
        outputTokens: countText(turn.text) + countText(JSON.stringify(turn.toolCalls)),
      },
    };
    if (received.streaming) {
      await sendStream(response, wire.writeStream(written), paced);
    } else {
      sendJson(response, 200, wire.write(written));
    }
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const status = error instanceof InvalidRequestError || error instanceof SyntaxError ? 400 : 500;
      sendError(response, status, error instanceof Error ? error.message : String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
}

async function sendStream(response: ServerResponse, events: readonly ServerSentEvent[], paced: boolean): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  if (paced) await pause(BEFORE_FIRST_CHUNK_MS);
  for (const event of events) {
    if (response.destroyed) return;
    if (event.event !== undefined) response.write(`event: ${event.event}\n`);
    response.write(`data: ${event.data === '[DONE]' ? event.data : JSON.stringify(event.data)}\n\n`);
    if (paced && event.paced === true) await pause(BETWEEN_CHUNKS_MS);
  }
  response.end();
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function sendError(response: ServerResponse, status: number, message: string): void {
  sendJson(response, status, { error: { message, type: 'invalid_request_error', param: null, code: null } });
}
