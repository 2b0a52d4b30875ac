/** A copy of a tool that is executed otherwise. It is of the same class: hosts treat instances of theirs in their own way. */
export function withExecute(tool: object, execute: (input: unknown, options?: unknown) => unknown): object {
  const descriptors = Object.getOwnPropertyDescriptors(tool);
  const copy = Object.create(Object.getPrototypeOf(tool) as object | null, descriptors) as object;
  return Object.defineProperty(copy, 'execute', {
    value: execute,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
