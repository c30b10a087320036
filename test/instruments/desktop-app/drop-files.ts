import type { Page } from 'playwright-core';

/** Drags real files over the middle of the page and lets them go, as another program's drag does: the browser makes the events. */
export async function dropFiles(page: Page, paths: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const [x, y] = await page.evaluate<[number, number]>('[innerWidth / 2, innerHeight / 2]');
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x, y, data: { items: [], files: paths, dragOperationsMask: 7 } });
  }
  await session.detach();
}
