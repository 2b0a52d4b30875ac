import { setTimeout as delay } from 'node:timers/promises';
import {
  FAILED_RESULT,
  LOG_TEXT,
  MIXED_RESULT,
  ROWS_TEXT,
  STRUCTURED,
  STRUCTURED_TEXT,
  TOOLS,
} from './service-tools.ts';
import type { SdkVersion } from './sdk-versions.ts';

/** What the server was asked, as it heard it. */
export interface Heard {
  readonly calls: { readonly name: string; readonly arguments: unknown; readonly _meta: unknown }[];
  readonly cancelled: string[];
  readonly others: { readonly method: string; readonly params: unknown }[];
}

interface Call {
  readonly params: {
    readonly name: string;
    readonly arguments?: unknown;
    readonly _meta?: Readonly<Record<string, unknown>>;
  };
}

const CAPABILITIES = {
  tools: { listChanged: true },
  resources: { subscribe: true, listChanged: true },
  prompts: { listChanged: true },
  logging: {},
  completions: {},
  experimental: { 'example.com/feature': { depth: 3 } },
};

const ANSWERS: Readonly<Record<string, object>> = {
  'resources/list': { resources: [{ uri: 'file:///notes.txt', name: 'notes' }], nextCursor: 'two' },
  'resources/templates/list': { resourceTemplates: [{ uriTemplate: 'file:///{name}', name: 'file' }] },
  'resources/read': { contents: [{ uri: 'file:///notes.txt', mimeType: 'application/json', text: ROWS_TEXT }] },
  'resources/subscribe': {},
  'resources/unsubscribe': {},
  'prompts/list': { prompts: [{ name: 'review', description: 'Reviews requests.' }] },
  'prompts/get': { messages: [{ role: 'user', content: { type: 'text', text: ROWS_TEXT } }] },
  'completion/complete': { completion: { values: ['review'], total: 1, hasMore: false } },
  'logging/setLevel': {},
  'example.com/own': { anything: [1, { deep: ROWS_TEXT }] },
};

/** A server of the SDK with tools of every kind, and what it heard. */
export function createServiceServer({ Server, types }: SdkVersion): {
  readonly server: InstanceType<SdkVersion['Server']>;
  readonly heard: Heard;
} {
  const heard: Heard = { calls: [], cancelled: [], others: [] };
  const info = { name: 'service', version: '3.2.1', title: 'Service' };
  const server = new Server(info, { capabilities: CAPABILITIES, instructions: 'Ask for the log.' });
  // The class would answer it by itself, and the tests would not see it.
  server.removeRequestHandler('logging/setLevel');
  server.setRequestHandler(types.ListToolsRequestSchema, ({ params }) =>
    params?.cursor === 'two'
      ? { tools: TOOLS.slice(4), _meta: { page: 2 } }
      : { tools: TOOLS.slice(0, 4), nextCursor: 'two' },
  );
  server.setRequestHandler(types.CallToolRequestSchema, async (request, { signal, sendNotification }) => {
    const { name, arguments: input, _meta } = (request as Call).params;
    heard.calls.push({ name, arguments: input, _meta });
    signal.addEventListener('abort', () => heard.cancelled.push(name));
    const progressToken = _meta?.['progressToken'] as string | number | undefined;
    if (name === 'wait') await delay(30_000, undefined, { signal });
    if (name === 'crash') process.exit(3);
    if (name === 'refuse') throw new types.McpError(-32_099, 'Not today.', { until: 'tomorrow' });
    if (name === 'progress' && progressToken !== undefined) {
      for (const progress of [1, 2, 3]) {
        const params = { progressToken, progress, total: 3, message: `Step ${progress}` };
        await sendNotification({ method: 'notifications/progress', params });
        // A client of the SDK loses progress that arrives in one chunk with the result.
        await delay(20);
      }
    }
    return resultOf(name);
  });
  server.fallbackRequestHandler = async ({ method, params }) => {
    heard.others.push({ method, params });
    const answer = ANSWERS[method];
    if (answer === undefined) throw new types.McpError(types.ErrorCode.MethodNotFound, 'Method not found');
    return answer;
  };
  server.fallbackNotificationHandler = async ({ method, params }) => {
    heard.others.push({ method, params });
  };
  return { server, heard };
}

function resultOf(name: string): object {
  if (name === 'read_log') return { content: [{ type: 'text', text: LOG_TEXT }] };
  if (name === 'report') return { content: [{ type: 'text', text: STRUCTURED_TEXT }], structuredContent: STRUCTURED };
  if (name === 'twice') return { content: [ROWS_TEXT, ROWS_TEXT].map((text) => ({ type: 'text', text })) };
  if (name === 'mixed') return MIXED_RESULT;
  return name === 'fail' ? FAILED_RESULT : { content: [{ type: 'text', text: ROWS_TEXT }] };
}
