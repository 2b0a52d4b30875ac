/** How a tool is executed, on the tool that it belongs to. */
export type Execute = (input: unknown, options: unknown) => unknown;

/** The same tools, each executed as `observe` makes it of its own execution. Tools that the client executes stay as they are. */
export function withExecutes(
  tools: Readonly<Record<string, unknown>>,
  observe: (name: string, execute: Execute) => Execute,
): Record<string, unknown> {
  const observed = Object.entries(tools).map(([name, tool]) => [name, withExecute(name, tool, observe)]);
  return Object.fromEntries(observed) as Record<string, unknown>;
}

/** A copy of the same class: Mastra treats instances of its `Tool` in their own way. */
function withExecute(name: string, tool: unknown, observe: (name: string, execute: Execute) => Execute): unknown {
  if (typeof tool !== 'object' || tool === null) return tool;
  const { execute } = tool as { readonly execute?: unknown };
  if (typeof execute !== 'function') return tool;
  const descriptors = Object.getOwnPropertyDescriptors(tool);
  const copy = Object.create(Object.getPrototypeOf(tool) as object | null, descriptors) as object;
  return Object.defineProperty(copy, 'execute', {
    value: observe(name, (input, options) => (execute as Execute).call(tool, input, options)),
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
