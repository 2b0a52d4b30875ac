/** Where an alert stands. Times are engine time in epoch milliseconds. */
export type AlertState =
  /** Nothing is wrong. Until `quietUntilMs` nothing can become wrong: the alert was on lately. */
  | { readonly phase: 'inactive'; readonly quietUntilMs?: number }
  /** The value is beyond its threshold, for not long enough yet. */
  | { readonly phase: 'pending'; readonly sinceMs: number }
  /** Told. `clearSinceMs` is when the value came back, while that is not long enough ago. */
  | { readonly phase: 'firing'; readonly sinceMs: number; readonly clearSinceMs?: number };

/** What a value means: beyond the threshold, back from it, or in the band between the two, where nothing changes. */
export type Verdict = 'breach' | 'band' | 'clear';

export interface AlertTiming {
  readonly forMs: number;
  readonly keepFiringMs: number;
  readonly cooldownMs: number;
}

export interface AlertStep {
  readonly state: AlertState;
  readonly change?: 'fired' | 'resolved';
}

export const INACTIVE: AlertState = { phase: 'inactive' };

/**
 * One step of an alert: inactive, pending, firing, resolved, as Prometheus has them. A firing alert stays on in the band;
 * a pending one does not, because it has to be beyond its threshold without a break. Pure.
 */
export function nextAlertState(state: AlertState, verdict: Verdict, timing: AlertTiming, nowMs: number): AlertStep {
  switch (state.phase) {
    case 'inactive':
      if (verdict !== 'breach' || nowMs < (state.quietUntilMs ?? 0)) return { state };
      return timing.forMs === 0 ? fire(nowMs) : { state: { phase: 'pending', sinceMs: nowMs } };
    case 'pending':
      if (verdict !== 'breach') return { state: INACTIVE };
      return nowMs - state.sinceMs >= timing.forMs ? fire(nowMs) : { state };
    default: {
      if (verdict !== 'clear') return { state: { phase: 'firing', sinceMs: state.sinceMs } };
      const clearSinceMs = state.clearSinceMs ?? nowMs;
      if (nowMs - clearSinceMs >= timing.keepFiringMs)
        return { state: afterResolving(timing, nowMs), change: 'resolved' };
      return { state: { ...state, clearSinceMs } };
    }
  }
}

/** The state of an alert that is over. */
export function afterResolving({ cooldownMs }: Pick<AlertTiming, 'cooldownMs'>, nowMs: number): AlertState {
  return cooldownMs === 0 ? INACTIVE : { phase: 'inactive', quietUntilMs: nowMs + cooldownMs };
}

/** When the state may change though the value does not. */
export function stateDueMs(state: AlertState, timing: AlertTiming, nowMs: number): number | undefined {
  switch (state.phase) {
    case 'inactive':
      return state.quietUntilMs !== undefined && state.quietUntilMs > nowMs ? state.quietUntilMs : undefined;
    case 'pending':
      return state.sinceMs + timing.forMs;
    default:
      return state.clearSinceMs === undefined ? undefined : state.clearSinceMs + timing.keepFiringMs;
  }
}

function fire(nowMs: number): AlertStep {
  return { state: { phase: 'firing', sinceMs: nowMs }, change: 'fired' };
}
