import type { Page } from 'playwright-core';

/** Shorter timers put off what is going on; they do not wait for somebody. */
const LEAST_WAIT_MS = 100;

/**
 * Does something during which nothing happens in the page merely because time passes. A folder below a drag opens after a while, and on a busy
 * machine the quickest hand rests on it for so long. Timers that begin meanwhile begin at the end, but for those that the page has stopped by then.
 */
export async function unhurried<T>(page: Page, act: () => Promise<T>): Promise<T> {
  await page.evaluate(`${TIMERS}.hold()`);
  try {
    return await act();
  } finally {
    await page.evaluate(`${TIMERS}.letGo()`);
  }
}

/** In the page: made once, since what was put off can be stopped later, too. */
const TIMERS = `(window.mooringTestTimers ??= (() => {
  const { setTimeout: start, clearTimeout: stop } = window;
  const held = new Map();
  const begun = new Map();
  let isHeld = false;
  let last = 0;
  window.setTimeout = (run, ms, ...rest) => {
    if (!isHeld || !(ms >= ${LEAST_WAIT_MS})) return start(run, ms, ...rest);
    last -= 1;
    held.set(last, () => start(run, ms, ...rest));
    return last;
  };
  window.clearTimeout = (id) => {
    if (!held.delete(id)) stop(begun.get(id) ?? id);
  };
  return {
    hold() {
      isHeld = true;
    },
    letGo() {
      isHeld = false;
      for (const [id, begin] of held) begun.set(id, begin());
      held.clear();
    },
  };
})())`;
