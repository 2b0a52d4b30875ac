import { findOutliers } from '../record-outliers.ts';
import { shallowColumns } from './row-leaves.ts';
import type { Part } from './value-tree.ts';

/** How much of a row is shown, given equal values: one that was asked for most, one of many least. */
export type RowClass = 'asked' | 'special' | 'rest';

/** Rows of shorter lists are all special. */
const FEWEST_ROWS = 8;
const MOST_OUTLIERS = 6;

export interface SpecialRows {
  readonly asked: ReadonlySet<Part>;
  readonly failing: ReadonlySet<Part>;
}

/** Sorts rows into classes; a row in a row is of no better class than what it stands in, unless it was asked for. */
export class RowClasses {
  readonly #special: SpecialRows;
  readonly #classes = new Map<Part, RowClass>();
  readonly #outliers = new Map<Part, ReadonlySet<number>>();

  constructor(special: SpecialRows) {
    this.#special = special;
  }

  /** The class of the innermost row that a part stands in. */
  classOf(part: Part): RowClass {
    const known = this.#classes.get(part);
    if (known !== undefined) return known;
    const around = part.parent === undefined ? 'special' : this.classOf(part.parent);
    const own = part.isRow ? this.#ownClass(part, around) : around;
    if (part.children !== undefined || part.isRow) this.#classes.set(part, own);
    return own;
  }

  #ownClass(row: Part, around: RowClass): RowClass {
    if (this.#special.asked.has(row)) return 'asked';
    const list = row.parent;
    const rowCount = list?.children?.length ?? 0;
    if (list === undefined || rowCount < FEWEST_ROWS) return around;
    const isEnd = row.index === 0 || row.index === rowCount - 1;
    if (isEnd || this.#special.failing.has(row) || this.#isOutlier(list, row.index)) {
      return around === 'asked' ? 'special' : around;
    }
    return 'rest';
  }

  #isOutlier(list: Part, index: number): boolean {
    let outliers = this.#outliers.get(list);
    if (outliers === undefined) {
      outliers = list.row === undefined ? new Set(outliersOf(list)) : new Set();
      this.#outliers.set(list, outliers);
    }
    return outliers.has(index);
  }
}

function outliersOf({ children = [] }: Part): readonly number[] {
  return findOutliers(shallowColumns(children), children.length).slice(0, MOST_OUTLIERS);
}
