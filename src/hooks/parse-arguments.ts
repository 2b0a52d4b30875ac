/** The arguments of a tool call, which hosts hand on as they are or as the JSON that the model wrote, if it is that. */
export function parseArguments(input: unknown): unknown {
  if (typeof input !== 'string') return input;
  try {
    return JSON.parse(input) as unknown;
  } catch {
    return input;
  }
}
