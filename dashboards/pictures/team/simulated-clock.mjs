/**
 * A clock whose time stands still while something is awaited and jumps to whatever is due next. On top of that it runs as
 * fast as the processor does, so that the time which compression takes is the time that it really took.
 */
export function createSimulatedClock(epochMs) {
  const due = [];
  let sequence = 0;
  let simulatedMs = 0;
  let jumpedAtMs = performance.now();

  const monotonicMs = () => simulatedMs + (performance.now() - jumpedAtMs);
  const jumpTo = (ms) => {
    simulatedMs = Math.max(ms, monotonicMs());
    jumpedAtMs = performance.now();
  };
  const schedule = (callback, delayMs) => {
    const timer = { atMs: monotonicMs() + Math.max(0, delayMs), sequence: sequence++, callback };
    insert(due, timer);
    return () => (timer.callback = undefined);
  };

  return {
    now: () => epochMs + monotonicMs(),
    monotonicMs,
    schedule,
    sleep: (ms, signal) => sleep(schedule, ms, signal),
    /** Lets time pass until then; what is still open stays open. */
    async runUntil(untilMs) {
      for (;;) {
        await settle();
        const next = due[0];
        if (next === undefined || next.atMs > untilMs) break;
        due.shift();
        if (next.callback === undefined) continue;
        jumpTo(next.atMs);
        next.callback();
      }
      jumpTo(untilMs);
    },
  };
}

/** Puts timers of the libraries that are used on this clock too: the pauses before a retry, above all. */
export function takeOverTimers(clock) {
  globalThis.setTimeout = (callback, delayMs = 0, ...rest) => {
    const cancel = clock.schedule(() => callback(...rest), delayMs);
    return { cancel, ref: () => {}, unref: () => {}, [Symbol.dispose]: cancel };
  };
  globalThis.clearTimeout = (timer) => timer?.cancel?.();
}

/** In order of time, and of what was asked for first. */
function insert(due, timer) {
  let [low, high] = [0, due.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (due[middle].atMs <= timer.atMs) low = middle + 1;
    else high = middle;
  }
  due.splice(low, 0, timer);
}

function sleep(schedule, ms, signal) {
  return new Promise((resolve, reject) => {
    const cancel = schedule(resolve, ms);
    const abort = () => {
      cancel();
      reject(new DOMException('This operation was aborted', 'AbortError'));
    };
    if (signal?.aborted === true) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}

/** Waits until everybody who can go on has done so: promises, streams, and files that are read for the first time. */
async function settle() {
  for (let quiet = 0; quiet < 3; quiet++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'))) quiet = 0;
  }
}
