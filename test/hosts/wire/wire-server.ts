import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as immediate, setTimeout as delay } from 'node:timers/promises';
import type { WireEvent, WireProtocol, WireRequest, WireScenario, WireStep } from './scenario.ts';
import { protocolOf } from './wire-protocols.ts';

export interface WireServer {
  /** The base URL to give a provider. */
  readonly url: string;
  /** Every request so far, in the order of arrival. */
  readonly requests: readonly WireRequest[];
  close(): Promise<void>;
}

/** A provider on 127.0.0.1 that answers as the scenario says, in the protocol that the path of the request is of. */
export async function startWireServer(scenario: WireScenario): Promise<WireServer> {
  const requests: WireRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    void answerRequest(incoming, outgoing).catch((error: unknown) => {
      if (outgoing.headersSent) outgoing.destroy();
      else sendJson(outgoing, 400, { error: { message: `The scenario failed: ${String(error)}` } });
    });
  });

  async function answerRequest(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of incoming.setEncoding('utf8')) text += String(chunk);
    const path = incoming.url ?? '';
    const request = { method: incoming.method ?? '', path, headers: incoming.headers, text, body: JSON.parse(text) };
    const index = requests.push(request) - 1;
    const protocol = protocolOf(path);
    const step = typeof scenario === 'function' ? scenario(request, index) : scenario[index];
    if (protocol === undefined || step === undefined) {
      sendJson(outgoing, 404, { error: { message: `Nothing is scripted for request ${index} to ${path}.` } });
      return;
    }
    await play(step, protocol, request, outgoing);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function play(
  step: WireStep,
  protocol: WireProtocol,
  request: WireRequest,
  outgoing: ServerResponse,
): Promise<void> {
  if ('silent' in step) return;
  if ('errorStatus' in step) {
    sendJson(outgoing, step.errorStatus, (protocol.renderError ?? renderError)(step.errorStatus, step.message));
    return;
  }
  const rendered = protocol.render(step, turnOf(request), request.body);
  const ending = step.ending ?? 'finish';
  if (!protocol.isStreaming(request)) {
    if (ending === 'disconnect') outgoing.destroy();
    else sendJson(outgoing, 200, rendered.body);
    return;
  }
  outgoing.writeHead(200, { 'content-type': protocol.framing.contentType, 'cache-control': 'no-cache' });
  const send = async (events: readonly WireEvent[]): Promise<void> => {
    for (const event of events) {
      outgoing.write(protocol.framing.encode(event));
      await (step.chunkDelayMs === undefined ? immediate() : delay(step.chunkDelayMs));
    }
  };
  await send(rendered.events);
  if (ending === 'finish') await send(rendered.endEvents);
  if (ending === 'error-event') await send([rendered.errorEvent]);
  if (ending === 'disconnect') outgoing.destroy();
  else if (ending !== 'hang') outgoing.end();
}

/** How many answers the conversation holds already: the same for the same conversation, whatever else the server does. */
function turnOf({ body }: WireRequest): number {
  const isAnswer = (message: unknown): boolean => {
    const { role, type } = message as { role?: string; type?: string };
    return role === 'assistant' || role === 'model' || type === 'function_call' || type === 'item_reference';
  };
  return 1 + (body.messages ?? body.input ?? body.contents ?? []).filter(isAnswer).length;
}

function renderError(_status: number, message: string): unknown {
  return { type: 'error', error: { type: 'api_error', message, param: null, code: null } };
}

function sendJson(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify(body));
}
