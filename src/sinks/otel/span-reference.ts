import { CACHE_WRITE_TOKENS, CONTENT_ATTRIBUTES, ERROR_TYPE, GEN_AI, HEADROOM } from './semconv.ts';

/** Every span that is opened, by the part of its name that does not vary. */
export const SPANS = {
  invoke_agent: {
    name: 'invoke_agent {gen_ai.agent.name}',
    kind: 'INTERNAL',
    about: 'One run of an agent. Its parent is the tool or the run that started it, or the span that was active there.',
  },
  'headroom.compress': {
    name: 'headroom.compress',
    kind: 'INTERNAL',
    about:
      'One prompt with tool results was compressed; a sibling before the `chat` that it was made for, which links to it.',
  },
  chat: {
    name: 'chat {gen_ai.request.model}',
    kind: 'CLIENT',
    about: 'One attempt to call a model, from the request to the last part of the answer. A retry is another span.',
  },
  execute_tool: { name: 'execute_tool {gen_ai.tool.name}', kind: 'INTERNAL', about: 'One execution of a tool.' },
} as const;

/** Every event that is added to a span: but for the first that of the run, or else the one that is active. */
export const SPAN_EVENTS = {
  'headroom.compression.result':
    'What became of one tool result that the model reads for the first time; on `headroom.compress`, at most 100.',
  'headroom.alert.firing': 'An alert fired.',
  'headroom.alert.resolved': 'An alert is over.',
  'headroom.retrieval.end': '`headroom_retrieve` answered.',
  'headroom.fault': 'Something of this package failed; the agent went on.',
} as const;

export type SpanPlace = keyof typeof SPANS | keyof typeof SPAN_EVENTS;

interface SpanAttribute {
  readonly type: 'string' | 'string[]' | 'int' | 'double' | 'boolean';
  readonly on: readonly SpanPlace[];
  readonly about: string;
}

const EVERY_SPAN = Object.keys(SPANS) as readonly (keyof typeof SPANS)[];
const WITH_OUTCOME = ['invoke_agent', 'chat', 'execute_tool'] as const;
const COMPRESSION = ['chat', 'headroom.compress'] as const;
const RESULT = ['headroom.compression.result'] as const;
const ALERT = ['headroom.alert.firing', 'headroom.alert.resolved'] as const;
const RETRIEVAL = ['headroom.retrieval.end'] as const;
const [CACHE_WRITE = '', CACHE_CREATION = ''] = CACHE_WRITE_TOKENS.both;

/** Every attribute of spans and of their events, and where it stands. A test holds it to what is written. */
export const SPAN_ATTRIBUTES: Readonly<Record<string, SpanAttribute>> = {
  [GEN_AI.operation]: {
    type: 'string',
    on: WITH_OUTCOME,
    about: '`invoke_agent`, `chat` or `execute_tool`.',
  },
  [GEN_AI.provider]: { type: 'string', on: ['chat'], about: 'As the conventions call it: `openai`, `aws.bedrock`.' },
  [GEN_AI.agent]: { type: 'string', on: EVERY_SPAN, about: 'Name of the agent, where it has one.' },
  [GEN_AI.conversationId]: { type: 'string', on: EVERY_SPAN, about: 'Id of the session, where there is one.' },
  [GEN_AI.compacted]: {
    type: 'boolean',
    on: ['chat'],
    about: 'True where a tool result was sent in another form than it was given; else it is left out.',
  },
  [GEN_AI.requestModel]: {
    type: 'string',
    on: ['invoke_agent', 'chat', 'headroom.compress'],
    about: 'Id of the model.',
  },
  [GEN_AI.requestStream]: { type: 'boolean', on: ['chat'], about: 'True for a streamed call; else it is left out.' },
  [GEN_AI.finishReasons]: {
    type: 'string[]',
    on: ['chat'],
    about:
      '`stop`, `length`, `tool_call`, `content_filter`, `error` (also for an answer that was cut short) or `other`.',
  },
  [GEN_AI.timeToFirstChunk]: { type: 'double', on: ['chat'], about: 'Seconds to the first chunk of a stream.' },
  [GEN_AI.inputTokens]: {
    type: 'int',
    on: ['chat'],
    about: 'Input tokens that the provider billed, cached ones included, after compression.',
  },
  [GEN_AI.outputTokens]: { type: 'int', on: ['chat'], about: 'Output tokens that the provider billed.' },
  [GEN_AI.cacheReadTokens]: { type: 'int', on: ['chat'], about: 'Input tokens read from the prompt cache.' },
  [CACHE_WRITE]: { type: 'int', on: ['chat'], about: 'Input tokens written to the prompt cache.' },
  [CACHE_CREATION]: {
    type: 'int',
    on: ['chat'],
    about: "The same under its older name: `semconv: 'v1.41'` or `'both'`.",
  },
  [GEN_AI.reasoningTokens]: { type: 'int', on: ['chat'], about: 'Output tokens spent on reasoning.' },
  [GEN_AI.toolName]: { type: 'string', on: ['execute_tool', ...RESULT], about: 'Name of the tool.' },
  [GEN_AI.toolType]: { type: 'string', on: ['execute_tool'], about: 'Always `function`.' },
  [GEN_AI.toolCallId]: { type: 'string', on: ['execute_tool', ...RESULT], about: 'Id of the tool call.' },
  [CONTENT_ATTRIBUTES.instructions]: {
    type: 'string',
    on: ['chat'],
    about: 'Only with `captureContent`: instructions that were sent apart from the messages, as JSON.',
  },
  [CONTENT_ATTRIBUTES.prompt]: {
    type: 'string',
    on: ['chat'],
    about: 'Only with `captureContent`: the messages as they were sent, as JSON.',
  },
  [CONTENT_ATTRIBUTES.answer]: {
    type: 'string',
    on: ['chat'],
    about: 'Only with `captureContent`: what the model answered, as JSON.',
  },
  [CONTENT_ATTRIBUTES.arguments]: {
    type: 'string',
    on: ['execute_tool'],
    about: 'Only with `captureContent`: what the tool was called with, a text or JSON.',
  },
  [CONTENT_ATTRIBUTES.result]: {
    type: 'string',
    on: ['execute_tool'],
    about: 'Only with `captureContent`: what the tool gave, before compression, a text or JSON.',
  },
  [ERROR_TYPE]: {
    type: 'string',
    on: [...WITH_OUTCOME, 'headroom.fault'],
    about: 'Class name of the error, or `_OTHER`. The status of the span is then `ERROR`.',
  },
  [HEADROOM.runId]: { type: 'string', on: EVERY_SPAN, about: 'Id of the run, as events have it.' },
  [HEADROOM.outcome]: {
    type: 'string',
    on: EVERY_SPAN.filter((name) => name !== 'headroom.compress'),
    about: '`error`, `aborted`, or `orphaned` where no end was ever told; left out where all went well.',
  },
  [HEADROOM.endedBy]: {
    type: 'string',
    on: WITH_OUTCOME,
    about: '`reader`, `time-to-live`, `capacity` or `close`; left out where the host told the end.',
  },
  [HEADROOM.stepCount]: { type: 'int', on: ['invoke_agent'], about: 'Steps of the run.' },
  [HEADROOM.modelCallCount]: { type: 'int', on: ['invoke_agent'], about: 'Model calls of the run.' },
  [HEADROOM.toolCallCount]: { type: 'int', on: ['invoke_agent'], about: 'Tool calls of the run.' },
  [HEADROOM.runInputTokens]: {
    type: 'int',
    on: ['invoke_agent'],
    about: 'Input tokens of all its model calls. Not under `gen_ai.usage`, where sums would count them again.',
  },
  [HEADROOM.runOutputTokens]: { type: 'int', on: ['invoke_agent'], about: 'Output tokens of all its model calls.' },
  [HEADROOM.runSavedTokens]: { type: 'int', on: ['invoke_agent'], about: 'Tokens of tool results that were not sent.' },
  [HEADROOM.costUsd]: {
    type: 'double',
    on: ['chat'],
    about: 'What the call cost by the prices of the hooks, in USD: an estimate.',
  },
  [HEADROOM.costSavedUsd]: {
    type: 'double',
    on: ['chat'],
    about: 'What it would have cost more without compression, in USD: an estimate on the low side.',
  },
  [HEADROOM.compressionMode]: { type: 'string', on: COMPRESSION, about: '`optimize`, `audit` or `off`.' },
  [HEADROOM.compressionLoss]: {
    type: 'string',
    on: ['headroom.compress'],
    about: 'What might be left out: `none`, `recoverable` or `allowed`.',
  },
  [HEADROOM.compressionIsRetry]: {
    type: 'boolean',
    on: ['headroom.compress'],
    about: 'True for a second attempt with the same prompt, whose savings were counted with the first.',
  },
  [HEADROOM.compressionSkipped]: {
    type: 'boolean',
    on: ['headroom.compress'],
    about: 'True where every tool result was sent as it was given.',
  },
  [HEADROOM.compressionSkipReasons]: {
    type: 'string[]',
    on: ['headroom.compress'],
    about: 'Why tool results were sent as they were given, each reason once.',
  },
  [HEADROOM.compressionStrategies]: {
    type: 'string[]',
    on: COMPRESSION,
    about: 'Strategies whose text was sent, each once.',
  },
  [HEADROOM.compressionToolResults]: { type: 'int', on: COMPRESSION, about: 'Tool results of the prompt.' },
  [HEADROOM.compressionInputTokens]: {
    type: 'int',
    on: ['chat'],
    about: "Tokens of the tool results before, by the counter of the model's tokenizer; not what was billed.",
  },
  [HEADROOM.compressionOutputTokens]: { type: 'int', on: ['chat'], about: 'Tokens of the tool results as sent.' },
  [HEADROOM.compressionSavedTokens]: {
    type: 'int',
    on: ['chat'],
    about: 'Input less output. An audit saves nothing.',
  },
  [HEADROOM.compressionSavingsRatio]: { type: 'double', on: ['chat'], about: 'Saved by input, 0 to 1.' },
  [HEADROOM.compressionDuration]: { type: 'double', on: ['chat'], about: 'Seconds that the compression took.' },
  [HEADROOM.resultContentKind]: { type: 'string', on: RESULT, about: 'What the result was taken for: `json`, `log`.' },
  [HEADROOM.resultStrategy]: { type: 'string', on: RESULT, about: 'The strategy whose text was sent, or `none`.' },
  [HEADROOM.resultReason]: { type: 'string', on: RESULT, about: 'Why: `compressed`, `not-smaller`, `below-minimum`.' },
  [HEADROOM.resultInputTokens]: { type: 'int', on: RESULT, about: 'Its tokens as it was given.' },
  [HEADROOM.resultOutputTokens]: {
    type: 'int',
    on: RESULT,
    about: 'Its tokens as sent; in an audit, as they would be.',
  },
  [HEADROOM.alertId]: { type: 'string', on: ALERT, about: 'Same for the firing and the resolving of one alert.' },
  [HEADROOM.alertRule]: { type: 'string', on: ALERT, about: 'Name of the rule.' },
  [HEADROOM.alertSeverity]: { type: 'string', on: ALERT, about: '`info`, `warning` or `critical`.' },
  [HEADROOM.alertScope]: { type: 'string', on: ALERT, about: 'What the value was measured over.' },
  [HEADROOM.alertValue]: { type: 'double', on: ALERT, about: 'The value.' },
  [HEADROOM.alertThreshold]: { type: 'double', on: ALERT, about: 'What it went beyond.' },
  [HEADROOM.alertUnit]: { type: 'string', on: ALERT, about: 'Unit of both.' },
  [HEADROOM.retrievalOutcome]: { type: 'string', on: RETRIEVAL, about: '`found`, `unknown`, `expired` or `failed`.' },
  [HEADROOM.retrievalTokens]: { type: 'int', on: RETRIEVAL, about: 'Tokens of the answer, estimated.' },
  [HEADROOM.faultWhere]: { type: 'string', on: ['headroom.fault'], about: 'Where it failed.' },
};
