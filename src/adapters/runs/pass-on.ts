/** How a generator that was passed on came to its end. */
export type PassedEnd<Result> =
  | { readonly kind: 'returned'; readonly result: Result }
  | { readonly kind: 'threw'; readonly error: unknown }
  /** Whoever read it left. */
  | { readonly kind: 'left' };

export interface Passage<Result> {
  /** Makes a step of the generator, in surroundings of its own: a reader goes on elsewhere between two steps. */
  readonly within: <Made>(step: () => Made) => Made;
  readonly onEvent?: (event: unknown) => void;
  /** Told once, before whoever reads it is. */
  readonly onEnd?: (end: PassedEnd<Result>) => void;
}

/** The same events, thrown errors and result as the generator's own, one by one as they are asked for. */
export async function* passOn<Result>(
  generator: AsyncIterator<unknown, Result, undefined>,
  { within, onEvent, onEnd }: Passage<Result>,
): AsyncGenerator<unknown, Result, undefined> {
  let end: PassedEnd<Result> = { kind: 'left' };
  let step = (): Promise<IteratorResult<unknown, Result>> => generator.next();
  try {
    for (;;) {
      const next = await within(step);
      if (next.done === true) {
        end = { kind: 'returned', result: next.value };
        return next.value;
      }
      onEvent?.(next.value);
      try {
        yield next.value;
        step = () => generator.next();
      } catch (error) {
        // Strands throws the interrupts of its hooks into the stream.
        step = async () => {
          if (generator.throw === undefined) throw error;
          return generator.throw(error);
        };
      }
    }
  } catch (error) {
    end = { kind: 'threw', error };
    throw error;
  } finally {
    try {
      if (end.kind === 'left') await within(() => generator.return?.(undefined as Result));
    } finally {
      onEnd?.(end);
    }
  }
}
