import type { AlertNotice } from './destination.ts';

export interface Dropped {
  readonly kind: 'repeat' | 'change';
}

/** Notices that wait, at most `limit`. When it is full, the oldest repeat goes first; a change only when there is none. */
export class DeliveryQueue {
  private notices: AlertNotice[] = [];
  private readonly limit: number;
  /** Repeats among them. */
  private repeats = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get size(): number {
    return this.notices.length;
  }

  /** Adds a notice; returns what had to go for it, which may be the notice itself. */
  add(notice: AlertNotice): Dropped | undefined {
    if (this.notices.length < this.limit) {
      this.push(notice);
      return undefined;
    }
    if (notice.isRepeat) return { kind: 'repeat' };
    const isFullOfChanges = this.repeats === 0;
    this.remove(isFullOfChanges ? 0 : this.notices.findIndex(({ isRepeat }) => isRepeat));
    this.push(notice);
    return { kind: isFullOfChanges ? 'change' : 'repeat' };
  }

  /** Takes the oldest and those right behind it that may go with it: of the same key, and each alert once. */
  takeBatch(limit: number, keyOf: (notice: AlertNotice) => string): readonly AlertNotice[] {
    const [first] = this.notices;
    if (first === undefined) return [];
    const alertIds = new Set<string>();
    const end = this.notices.findIndex((notice, index) => {
      const { alertId } = notice.alert;
      if (index >= limit || alertIds.has(alertId) || keyOf(notice) !== keyOf(first)) return true;
      alertIds.add(alertId);
      return false;
    });
    const batch = this.notices.splice(0, end === -1 ? this.notices.length : end);
    this.repeats -= countRepeats(batch);
    return batch;
  }

  /** Drops the repeats, or only those of one alert. */
  dropRepeats(alertId?: string): number {
    if (this.repeats === 0) return 0;
    const kept = this.notices.filter(
      ({ isRepeat, alert }) => !isRepeat || (alertId !== undefined && alert.alertId !== alertId),
    );
    const dropped = this.notices.length - kept.length;
    this.notices = kept;
    this.repeats -= dropped;
    return dropped;
  }

  /** Takes everything. */
  takeAll(): readonly AlertNotice[] {
    this.repeats = 0;
    return this.notices.splice(0);
  }

  private push(notice: AlertNotice): void {
    this.notices.push(notice);
    if (notice.isRepeat) this.repeats += 1;
  }

  private remove(index: number): void {
    const [gone] = this.notices.splice(index, 1);
    if (gone?.isRepeat === true) this.repeats -= 1;
  }
}

function countRepeats(notices: readonly AlertNotice[]): number {
  return notices.reduce((count, { isRepeat }) => count + (isRepeat ? 1 : 0), 0);
}
