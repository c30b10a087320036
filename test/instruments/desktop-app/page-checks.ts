import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const artifacts = fileURLToPath(new URL('../../../test-artifacts/desktop/', import.meta.url));
const require = createRequire(import.meta.url);
const axePath = require.resolve('axe-core/axe.min.js');

/** Keeps what is on screen in both themes, for people to look at: `test-artifacts/desktop/NAME-light.png`, `-dark.png`. */
export async function takeScreenshots(page: Page, name: string): Promise<void> {
  await mkdir(artifacts, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(SETTLED);
    await page.screenshot({ path: `${artifacts}${name}-${colorScheme}.png` });
  }
  await page.emulateMedia({ colorScheme: null });
}

/** Violations of WCAG 2.2 AA, in both themes, as lines of text. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // The page's policy forbids foreign scripts; the protocol evaluates outside of it.
  await page.evaluate(await readFile(axePath, 'utf8'));
  const problems: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(SETTLED);
    for (const line of await page.evaluate<string[]>(RUN_AXE)) problems.push(`${colorScheme}: ${line}`);
  }
  await page.emulateMedia({ colorScheme: null });
  return problems;
}

/** In the page: waits until nothing moves any more, except what moves for ever. */
const SETTLED = `(async () => {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const ending = document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
  await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
})()`;

/** `label-content-name-mismatch` is off by default, since axe calls it experimental. */
const RUN_AXE = `axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    rules: { 'label-content-name-mismatch': { enabled: true } },
  }).then(({ violations }) => violations
    .map(({ id, help, nodes }) => id + ': ' + help + ': ' + nodes.map((node) => node.html).join(' | ')))`;
