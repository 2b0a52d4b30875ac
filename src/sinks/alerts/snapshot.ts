import { HeadroomError } from '../../headroom-error.ts';
import type { AlertEngine, OpenAlert } from './alert-engine.ts';
import type { AlertFacts, Names, Owner } from './alert-facts.ts';
import type { AlertInstance } from './alert-instance.ts';
import type { AlertState, Verdict } from './alert-state.ts';
import { isRecord, readAlertState, readFacts, readText, readTexts, readTime } from './read-saved.ts';
import type { RuleAlerts } from './rule-alerts.ts';

/** Changes with what is saved; another number is refused rather than guessed at. */
const VERSION = 1;

/** All that has to outlive a process, as plain JSON: `JSON.stringify` it. What is inside may change with `version`. */
export interface AlertsSnapshot {
  readonly version: 1;
  /** Epoch milliseconds. */
  readonly takenAt: number;
  readonly rules: readonly SavedRule[];
}

interface SavedRule {
  readonly name: string;
  readonly shape: string;
  readonly alerts: readonly SavedAlert[];
}

interface SavedAlert {
  readonly key: string;
  readonly id?: string | undefined;
  readonly owner: Owner;
  readonly names: Names;
  readonly state: AlertState;
  readonly alert?: AlertFacts | undefined;
  readonly lastValue: number;
  readonly lastVerdict: Verdict;
  readonly touchedMs: number;
  readonly meter?: unknown;
}

/** Everything that the engine knows. Of runs only the alerts that are firing: a run does not outlive its process. */
export function takeSnapshot(engine: AlertEngine): AlertsSnapshot {
  const rules = engine.books.map((book) => ({
    name: book.rule.rule.name,
    shape: book.rule.shape,
    alerts: book
      .all()
      .filter(({ alert }) => book.rule.subject !== 'run' || alert !== undefined)
      .map(saveAlert),
  }));
  // A copy: plain JSON, without what is undefined.
  return JSON.parse(JSON.stringify({ version: VERSION, takenAt: engine.nowMs(), rules })) as AlertsSnapshot;
}

function saveAlert(instance: AlertInstance): SavedAlert {
  const { key, id, owner, names, state, alert, lastValue, lastVerdict, touchedMs, meter } = instance;
  return { key, id, owner, names, state, alert, lastValue, lastVerdict, touchedMs, meter: meter.save() };
}

/**
 * Puts a snapshot into an engine that has heard nothing yet. A rule that is gone, or that measures something else now, is
 * left out. Throws a `HeadroomError` for what is not a snapshot of this version, and then changes nothing.
 */
export function restoreSnapshot(engine: AlertEngine, snapshot: unknown): void {
  const { version, rules } = isRecord(snapshot) ? snapshot : {};
  if (version !== VERSION) {
    const found = typeof version === 'number' ? `version ${version}` : 'no version';
    throw wrong(`it has ${found}, and this release reads version ${VERSION}. Start without it`);
  }
  if (!Array.isArray(rules)) throw wrong('it has no list of rules');
  const restored = rules.map((saved: unknown) => readRule(engine, saved));
  for (const { instances, orphans } of restored) {
    for (const { book, instance } of instances) engine.adopt(book, instance);
    engine.orphans.push(...orphans);
  }
}

function readRule(
  engine: AlertEngine,
  saved: unknown,
): {
  readonly instances: readonly { readonly book: RuleAlerts; readonly instance: AlertInstance }[];
  readonly orphans: readonly OpenAlert[];
} {
  if (!isRecord(saved) || !Array.isArray(saved['alerts'])) throw wrong('a rule of it has no alerts');
  const alerts: readonly unknown[] = saved['alerts'];
  const book = engine.books.find(({ rule }) => rule.rule.name === saved['name']);
  const isSame = book !== undefined && book.rule.shape === saved['shape'];
  // An alert of a run, or of a rule that is no more, is over: nobody else will ever say so.
  if (!isSame || book.rule.subject === 'run') return { instances: [], orphans: alerts.flatMap(orphanOf) };
  return {
    instances: alerts.map((alert) => ({ book, instance: readAlert(book, alert, engine.nowMs()) })),
    orphans: [],
  };
}

function orphanOf(saved: unknown): readonly OpenAlert[] {
  const { alert, lastValue } = isRecord(saved) ? saved : {};
  const facts = alert === undefined ? undefined : readFacts(alert);
  return facts === undefined ? [] : [{ facts, value: typeof lastValue === 'number' ? lastValue : 0 }];
}

function readAlert(book: RuleAlerts, saved: unknown, nowMs: number): AlertInstance {
  const from = isRecord(saved) ? saved : {};
  const meter = book.rule.meter.load(from['meter']);
  const state = readAlertState(from['state'], nowMs);
  const touchedMs = readTime(from['touchedMs'], nowMs);
  const { key, lastValue, lastVerdict, alert } = from;
  if (meter === undefined || state === undefined || touchedMs === undefined || typeof key !== 'string') {
    throw wrong(`an alert of "${book.rule.rule.name}" can not be read`);
  }
  const owner = readTexts(from['owner']);
  const names = readTexts(from['names']);
  const instance = book.create({ key, id: readText(from['id']), owner, names }, nowMs, meter);
  instance.state = state;
  instance.touchedMs = touchedMs;
  instance.alert = state.phase === 'firing' ? readFacts(alert) : undefined;
  if (state.phase === 'firing' && instance.alert === undefined) {
    throw wrong(`an alert of "${book.rule.rule.name}" is firing and does not say what`);
  }
  if (typeof lastValue === 'number') instance.lastValue = lastValue;
  if (lastVerdict === 'breach' || lastVerdict === 'band') instance.lastVerdict = lastVerdict;
  return instance;
}

function wrong(problem: string): HeadroomError {
  return new HeadroomError('invalid-snapshot', `This is not a snapshot that alerts can be restored from: ${problem}.`);
}
