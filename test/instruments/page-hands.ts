/** @file What hands do in one go, and a test in several steps between which a busy machine may pause: neither depends on how long they take. */
import type { Locator, Page } from 'playwright-core';
import { unhurried } from './desktop-app/unhurried.ts';

/** Between two keys, in seconds. */
const KEY_PAUSE_S = 0.05;

/**
 * Types as a person does who does not stop in between: each key says itself when it was pressed, however late it arrives. Letters, digits and signs
 * without Shift.
 * @param delay called before the last key is sent, which is late then
 */
export async function typeFluently(page: Page, text: string, delay?: () => Promise<unknown>): Promise<void> {
  const session = await page.context().newCDPSession(page);
  // None of them in the future.
  const begun = Date.now() / 1000 - text.length * KEY_PAUSE_S;
  for (const [index, key] of [...text].entries()) {
    if (index === text.length - 1) await delay?.();
    const at = { key, timestamp: begun + index * KEY_PAUSE_S };
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', text: key, ...at });
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...at });
  }
  await session.detach();
}

/** Lets go of what is being dragged over something. Folders, drives and tabs would open if the drag rested on them; this does not, however long it takes. */
export function dropOn(page: Page, where: Locator): Promise<void> {
  return unhurried(page, async () => {
    const box = await where.boundingBox();
    if (!box) throw new Error('There is nothing to drop on');
    const [x, y] = [box.x + Math.min(60, box.width / 2), box.y + box.height / 2];
    await page.mouse.move(x - 20, y, { steps: 4 });
    await page.mouse.move(x, y, { steps: 3 });
    await page.mouse.up();
  });
}
