import { errorName } from '../../events/bus.ts';
import { tellToolContent } from '../../events/contents.ts';
import type { EndedBy, Outcome } from '../../events/event.ts';
import { runWork } from '../../events/surroundings.ts';
import { hashArguments } from '../../hooks/hash-arguments.ts';
import { currentRun } from '../../hooks/run-scope.ts';
import { isGivenUp } from '../../is-abort.ts';
import type { McpWiring, ToolCall } from './mcp-wiring.ts';
import { isFields } from './sdk-shapes.ts';

interface ToldCall extends ToolCall {
  readonly toolCallId: string;
  readonly signal: AbortSignal | undefined;
}

interface ToolEnding {
  readonly outcome: Outcome;
  readonly endedBy?: EndedBy;
  readonly errorType?: string;
}

/** Calls a tool, and tells of its start and of its one end. What it rejects with is passed on. */
export async function tellOfTool<Result>(
  { events, clock, openCalls }: Pick<McpWiring, 'events' | 'clock' | 'openCalls'>,
  { toolCallId, name: toolName, arguments: input, signal }: ToldCall,
  execute: () => Promise<Result>,
): Promise<Result> {
  const about = { ...currentRun(), toolCallId, toolName };
  const startMs = clock.monotonicMs();
  const emitEnd = ({ endedBy = 'host', ...ending }: ToolEnding): void =>
    events.emit('tool.end', () => ({ ...about, ...ending, endedBy, durationMs: clock.monotonicMs() - startMs }));
  const end = (ending: ToolEnding): void => {
    if (openCalls.close(toolCallId)) emitEnd(ending);
  };
  const work = { runId: about.runId, toolCallId };
  events.emit('tool.start', () => ({ ...about, argumentsHash: hashArguments(input) }));
  tellToolContent(events, { of: 'arguments', ...work, value: input });
  openCalls.open(toolCallId, (endedBy) => emitEnd({ outcome: 'aborted', endedBy }));
  try {
    const result = await runWork(events, work, execute);
    const value: unknown = isFields(result) ? (result['structuredContent'] ?? result['content']) : result;
    tellToolContent(events, { of: 'result', ...work, value });
    const isError = isFields(result) && Boolean(result['isError']);
    // The word of the OpenTelemetry conventions for the Model Context Protocol.
    end(isError ? { outcome: 'error', errorType: 'tool_error' } : { outcome: 'ok' });
    return result;
  } catch (error) {
    end(isGivenUp(error, signal) ? { outcome: 'aborted' } : { outcome: 'error', errorType: typeOf(error) });
    throw error;
  }
}

/** The code of an error of the protocol, or the class of any other. */
function typeOf(error: unknown): string {
  return isFields(error) && Number.isSafeInteger(error['code']) ? String(error['code']) : errorName(error);
}
