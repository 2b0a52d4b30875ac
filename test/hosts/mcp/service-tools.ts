import { logLines, requestRows } from '../service-log.ts';

/** What the tools of the tests answer: a large result of each kind that the protocol has. */
export const ROWS_TEXT = JSON.stringify(requestRows(80), undefined, 2);
export const LOG_TEXT = logLines(1_000).join('\n');
export const STRUCTURED = { requests: requestRows(80), total: 80, exact: 1.1 };
export const STRUCTURED_TEXT = JSON.stringify(STRUCTURED, undefined, 2);

const IMAGE = { type: 'image', data: 'iVBORw0KGgo'.repeat(400), mimeType: 'image/png' };
const AUDIO = { type: 'audio', data: 'UklGRiQAAABX'.repeat(400), mimeType: 'audio/wav' };
const LINK = {
  type: 'resource_link',
  uri: 'file:///var/log/requests.json',
  name: 'requests',
  mimeType: 'application/json',
};
const EMBEDDED = {
  type: 'resource',
  resource: { uri: 'file:///var/log/requests.json', mimeType: 'application/json', text: ROWS_TEXT },
};

export const MIXED_RESULT = {
  content: [
    { type: 'text', text: ROWS_TEXT, annotations: { audience: ['assistant'], priority: 0.9 }, _meta: { part: 1 } },
    IMAGE,
    AUDIO,
    LINK,
    EMBEDDED,
    { type: 'text', text: ROWS_TEXT, annotations: { audience: ['user'] } },
  ],
  _meta: { 'example.com/trace': 'abc' },
};

export const FAILED_RESULT = { content: [{ type: 'text', text: ROWS_TEXT }], isError: true };

const noInput = { type: 'object', properties: {} };

export const TOOLS = [
  { name: 'list_requests', description: 'Lists requests.', inputSchema: noInput },
  { name: 'read_log', description: 'Reads the log.', inputSchema: noInput },
  {
    name: 'report',
    description: 'Reports on requests.',
    inputSchema: noInput,
    outputSchema: {
      type: 'object',
      properties: { requests: { type: 'array' }, total: { type: 'integer' }, exact: { type: 'number' } },
      required: ['requests', 'total', 'exact'],
    },
  },
  { name: 'mixed', description: 'Gives all kinds of content.', inputSchema: noInput },
  { name: 'fail', description: 'Fails.', inputSchema: noInput },
  { name: 'refuse', description: 'Is refused by the protocol.', inputSchema: noInput },
  { name: 'wait', description: 'Waits to be cancelled.', inputSchema: noInput },
  { name: 'progress', description: 'Tells how far it is.', inputSchema: noInput },
  { name: 'crash', description: 'Ends its process.', inputSchema: noInput },
];
