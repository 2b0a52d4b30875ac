import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Posted {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'hang'
  | 'cut'
  | 'nonsense';

export interface StubServer {
  readonly url: string;
  /** What was posted, in order. */
  readonly posted: Posted[];
  close(): Promise<void>;
}

/** A server that gives these answers, one after the other, and 200 after them. */
export async function startStubServer(answers: readonly Answer[] = []): Promise<StubServer> {
  const waiting = [...answers];
  const posted: Posted[] = [];
  const sockets = new Set<Socket>();
  const listener: RequestListener = (request, response) => {
    void text(request).then((body) => {
      const { method, url: path, headers } = request;
      posted.push({ method, path, headers, body });
      const answer = waiting.shift() ?? { status: 200, body: 'ok' };
      if (answer === 'cut') request.socket.destroy();
      else if (answer === 'nonsense') request.socket.end('this is not HTTP\r\n\r\n');
      else if (answer !== 'hang')
        response.writeHead(answer.status, answer.headers).end(answer.body ?? 'x'.repeat(100_000));
    });
  };
  const server = createServer(listener);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    posted,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
