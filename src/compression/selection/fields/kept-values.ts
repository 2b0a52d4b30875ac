import { isContainer } from '../../json/children-of.ts';
import { nameRank, ownKey, type PlaceWeight } from './key-weights.ts';
import { areAlike, type Part, type Place } from './value-tree.ts';

/** What the sign of something left out costs in an object whose list names it for all of its rows. */
const SIGN_TOKENS = 3;
/** What the name of a key costs where an object names what it leaves out, and what all of its names cost at most. */
const NAME_TOKENS = 3;
const MOST_NAMES = 30;

/** The values that stay, and what they cost so far, in estimated tokens. */
export class KeptValues {
  /** How many tokens of each value may be shown. */
  readonly allowed = new Map<Part, number>();
  readonly opened = new Set<Part>();
  spentTokens = 0;
  readonly #weights: ReadonlyMap<Place, PlaceWeight>;
  readonly #constants: ReadonlySet<Place>;
  /** Places where one value is said for all rows. */
  readonly said = new Set<Place>();
  readonly #alike = new Map<Place, boolean>();
  readonly #labels = new Map<Part, Part | undefined>();

  constructor(weights: ReadonlyMap<Place, PlaceWeight>, constants: ReadonlySet<Place>) {
    this.#weights = weights;
    this.#constants = constants;
  }

  isKept(leaf: Part): boolean {
    return this.allowed.has(leaf) || this.said.has(leaf.place);
  }

  /** Keeps a value, all that it stands in, and what names the rows that it stands in. */
  keep(leaf: Part, allowedTokens: number): void {
    const before = this.allowed.get(leaf);
    if (before !== undefined && before >= allowedTokens) return;
    this.allowed.set(leaf, allowedTokens);
    this.spentTokens += this.#costOf(leaf, allowedTokens) - (before === undefined ? 0 : this.#costOf(leaf, before));
    for (let part = leaf.parent; part !== undefined; part = part.parent) {
      this.#label(part);
      if (this.opened.has(part)) break;
      this.#open(part);
    }
  }

  /** Keeps all of the values if that stays within a limit of all tokens spent, else none. */
  keepWithin(leaves: readonly Part[], allowedTokens: (leaf: Part) => number, limitTokens: number): boolean {
    let spent = this.spentTokens;
    if (spent >= limitTokens) return false;
    const opening = new Set<Part>();
    for (const leaf of leaves) {
      const before = this.allowed.get(leaf);
      if (before !== undefined) spent -= Math.min(leaf.tokens, before);
      spent += this.said.has(leaf.place) ? 0 : Math.min(leaf.tokens, allowedTokens(leaf));
      for (let part = leaf.parent; part !== undefined; part = part.parent) {
        if (this.opened.has(part) || opening.has(part)) break;
        opening.add(part);
        spent += this.#costToOpen(part);
      }
      if (spent > limitTokens) return false;
    }
    for (const leaf of leaves) this.keep(leaf, allowedTokens(leaf));
    return true;
  }

  #costOf(leaf: Part, allowedTokens: number): number {
    if (this.#constants.has(leaf.place)) {
      if (this.said.has(leaf.place)) return 0;
      this.said.add(leaf.place);
    }
    return Math.min(leaf.tokens, allowedTokens + 12);
  }

  #open(part: Part): void {
    this.opened.add(part);
    this.spentTokens += this.#costToOpen(part);
  }

  #costToOpen({ children = [], key = '', node, row }: Part): number {
    const own = key.length / 5 + 2;
    if (node.type === 'array') return own;
    const isNamed = row !== undefined && this.#isAlike(row.place);
    return own + (isNamed ? SIGN_TOKENS : Math.min(MOST_NAMES, children.length) * NAME_TOKENS);
  }

  #isAlike(item: Place): boolean {
    let alike = this.#alike.get(item);
    if (alike === undefined) this.#alike.set(item, (alike = areAlike(item)));
    return alike;
  }

  /** A row of which anything is shown is named, so that a reader knows whose it is. */
  #label(row: Part): void {
    if (!row.isRow || this.#labels.has(row)) return;
    const label = labelOf(row, this.#weights);
    this.#labels.set(row, label);
    if (label !== undefined) this.keep(label, MOST_LABEL_TOKENS);
  }
}

const MOST_LABEL_TOKENS = 40;

/** The value that names a row best: `name`, `metadata.name`, `id`. */
export function labelOf(row: Part, weights: ReadonlyMap<Place, PlaceWeight>): Part | undefined {
  let best: { readonly leaf: Part; readonly rank: number } | undefined;
  const look = (part: Part, depth: number): void => {
    for (const child of part.children ?? []) {
      if (child.children !== undefined) {
        if (depth === 0 && child.node.type === 'object' && !child.isRow) look(child, 1);
        continue;
      }
      const weight = weights.get(child.place);
      const rank = weight?.isSpare === true || weight?.isConstant === true ? undefined : nameRank(ownKey(child.place));
      if (rank === undefined || isContainer(child.node) || child.node.type === 'null') continue;
      const ranked = rank + depth * DEEPER;
      if (best === undefined || ranked < best.rank) best = { leaf: child, rank: ranked };
    }
  };
  look(row, 0);
  return best?.leaf;
}

/** A name one level down counts like one so much later in the list of names. */
const DEEPER = 3;
