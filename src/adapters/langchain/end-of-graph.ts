import type { Outcome } from '../../events/event.ts';
import { outcomeOf } from '../../hooks/outcome-of.ts';
import type { RunEnding } from '../runs/run-ending.ts';
import { fieldOf, textAt } from '../field-of.ts';

/** Errors within errors that are looked at. */
const MOST_LAYERS = 10;

/** The ending of a run whose graph came to its end. One that waits for a human has ended too: going on is a new run. */
export function endOfOutputs(outputs: unknown, finishReason: string | undefined): RunEnding {
  const messages = fieldOf(outputs, 'messages');
  const output = Array.isArray(messages) ? fieldOf(messages.at(-1), 'content') : undefined;
  return { outcome: 'ok', endedBy: 'host', finishReason, output };
}

/** The ending of a run whose graph threw. */
export function endOfGraphError(thrown: unknown): RunEnding {
  const error = withoutWrapping(thrown);
  return { outcome: outcomeOfGraphError(error), endedBy: 'host', error };
}

/** How a tool ended that threw; one that asks a human goes on later, in a call of its own. */
export function outcomeOfTool(thrown: unknown): Exclude<Outcome, 'ok'> {
  const error = withoutWrapping(thrown);
  return isPause(error) || isGraphAbort(error) ? 'aborted' : outcomeOf(error);
}

function outcomeOfGraphError(error: unknown): Outcome {
  if (isPause(error)) return 'ok';
  return isGraphAbort(error) ? 'aborted' : outcomeOf(error);
}

/** LangChain puts an error of its own around what passes through a middleware. */
function withoutWrapping(thrown: unknown): unknown {
  let error = thrown;
  for (let layer = 0; layer < MOST_LAYERS && isWrapping(error); layer += 1) error = fieldOf(error, 'cause');
  return error;
}

function isWrapping(error: unknown): boolean {
  const brand = fieldOf(error, '~brand') ?? fieldOf(fieldOf(error, 'constructor'), '~brand');
  return brand === 'MiddlewareError' && fieldOf(error, 'cause') !== undefined;
}

/** LangGraph's interrupts and commands to a parent graph travel as errors. */
function isPause(error: unknown): boolean {
  return fieldOf(error, 'is_bubble_up') === true;
}

/** LangGraph's own word for an abort is an error without a name: `new Error('Abort')`. */
function isGraphAbort(error: unknown): boolean {
  return textAt(error, 'name') === 'Error' && textAt(error, 'message') === 'Abort';
}
