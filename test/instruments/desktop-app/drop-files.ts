import type { Page } from 'playwright-core';
import { unhurried } from './unhurried.ts';

/**
 * Drags real files over the page and lets them go, as another program's drag does: the browser makes the events.
 * @param place in pixels; left out, the middle of the page
 */
export async function dropFiles(page: Page, paths: string[], place?: { x: number; y: number }): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { x, y } = place ?? (await page.evaluate<{ x: number; y: number }>('({ x: innerWidth / 2, y: innerHeight / 2 })'));
  await unhurried(page, async () => {
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x, y, data: { items: [], files: paths, dragOperationsMask: 7 } });
    }
  });
  await session.detach();
}
