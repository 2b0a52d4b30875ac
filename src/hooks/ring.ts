/** The last `limit` items that were added, in the order in which they came. Adding takes constant time. */
export class Ring<Item> {
  private items: Item[] = [];
  private next = 0;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Adds an item; returns the one that had to go. */
  add(item: Item): Item | undefined {
    if (this.items.length < this.limit) {
      this.items.push(item);
      return undefined;
    }
    const gone = this.items[this.next];
    this.items[this.next] = item;
    this.next = (this.next + 1) % this.limit;
    return gone;
  }

  /** A copy, oldest first. */
  toArray(): readonly Item[] {
    return [...this.items.slice(this.next), ...this.items.slice(0, this.next)];
  }

  clear(): void {
    this.items = [];
    this.next = 0;
  }
}
