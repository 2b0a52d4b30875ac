import { SERVER_SENT_EVENTS } from './framings.ts';
import {
  chunksOf,
  DEFAULT_USAGE,
  type Fields,
  type RenderedAnswer,
  type WireAnswer,
  type WireEvent,
  type WireProtocol,
} from './scenario.ts';

/**
 * Gemini at Google: `POST /models/{id}:generateContent`, and `:streamGenerateContent`. A tool result is
 * JSON, in a function's response. The first function call of an answer carries the signature of its thoughts.
 */
export const GEMINI: WireProtocol = {
  path: /\/models\/[^/]+:(?:streamGenerateContent|generateContent)$/,
  framing: SERVER_SENT_EVENTS,
  isStreaming: ({ path }) => path.includes(':streamGenerateContent'),
  render: (answer, turn) => renderContent(answer, turn, (index) => ({ id: `function-call-${turn}-${index}` })),
  mapToolResults: (message, map) => {
    const parts = (message['parts'] ?? []) as readonly Fields[];
    return { ...message, parts: parts.map((part) => mapPart(part, map)) };
  },
  renderError: (code, message) => ({ error: { code, message, status: 'INVALID_ARGUMENT' } }),
};

/** The same on Vertex AI, where function calls have no ids. */
export const GEMINI_ON_VERTEX: WireProtocol = {
  ...GEMINI,
  path: /\/publishers\/google\/models\/[^/]+:(?:streamGenerateContent|generateContent)$/,
  render: (answer, turn) => renderContent(answer, turn, () => ({})),
};

interface FunctionResponse extends Fields {
  readonly response: Fields;
}

function mapPart(part: Fields, map: (text: string) => string): Fields {
  const functionResponse = part['functionResponse'] as FunctionResponse | undefined;
  if (functionResponse === undefined) return part;
  const { response } = functionResponse;
  const content = response['content'];
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return { ...part, functionResponse: { ...functionResponse, response: { ...response, content: map(text) } } };
}

type CallFields = (index: number) => Fields;

function renderContent(answer: WireAnswer, turn: number, callFields: CallFields): RenderedAnswer {
  const usageMetadata = answer.wireUsage === undefined ? usageOf(answer) : (answer.wireUsage ?? undefined);
  const about = { modelVersion: 'gemini-3-pro', responseId: `response-${turn}` };
  const chunk = (parts: readonly Fields[], share: number): WireEvent => ({
    data: {
      candidates: [{ content: { parts, role: 'model' }, index: 0 }],
      // The sums so far.
      ...(usageMetadata === undefined ? {} : { usageMetadata: { ...usageMetadata, candidatesTokenCount: share } }),
      ...about,
    },
  });
  const streamed = contentParts(answer, turn, callFields, chunksOf).map((part) => [part]);
  return {
    body: {
      candidates: [
        {
          content: { parts: contentParts(answer, turn, callFields, (text) => [text]), role: 'model' },
          finishReason: 'STOP',
          index: 0,
        },
      ],
      ...(usageMetadata === undefined ? {} : { usageMetadata }),
      ...about,
    },
    events: streamed.map((parts, index) => chunk(parts, index)),
    errorEvent: { data: { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } } },
    endEvents: [
      {
        data: {
          candidates: [{ content: { parts: [{ text: '' }], role: 'model' }, finishReason: 'STOP', index: 0 }],
          ...(usageMetadata === undefined ? {} : { usageMetadata }),
          ...about,
        },
      },
    ],
  };
}

function contentParts(
  answer: WireAnswer,
  turn: number,
  callFields: CallFields,
  split: (text: string) => readonly string[],
): readonly Fields[] {
  const parts: Fields[] = split(answer.reasoning ?? '')
    .filter((text) => text !== '')
    .map((text) => ({ text, thought: true }));
  if (answer.serverToolOutput !== undefined) {
    parts.push(
      { executableCode: { language: 'PYTHON', code: 'print(open("requests.log").read())' } },
      { codeExecutionResult: { outcome: 'OUTCOME_OK', output: answer.serverToolOutput } },
    );
  }
  parts.push(
    ...split(answer.text ?? '')
      .filter((text) => text !== '')
      .map((text) => ({ text })),
  );
  for (const [index, call] of (answer.toolCalls ?? []).entries()) {
    parts.push({
      functionCall: { ...callFields(index), name: call.name, args: call.arguments },
      ...(index === 0 ? { thoughtSignature: `thought-signature-${turn}` } : {}),
    });
  }
  return parts;
}

/** What was read from the cache is in `promptTokenCount`, but thoughts are not in `candidatesTokenCount`. */
function usageOf({ usage }: WireAnswer): Fields {
  const { input, output, cached } = { ...DEFAULT_USAGE, ...usage };
  return {
    promptTokenCount: input,
    candidatesTokenCount: output,
    thoughtsTokenCount: 4,
    cachedContentTokenCount: cached,
    totalTokenCount: input + output + 4,
  };
}
