/** Early versions of VoltAgent make promises of what a stream says that nobody may want. */
export function handleRejections(stream: object): void {
  for (const { value } of Object.values(Object.getOwnPropertyDescriptors(stream))) {
    if (value instanceof Promise) value.catch(() => {});
  }
}
