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
  await inBothThemes(page, async (theme) => {
    await page.screenshot({ path: `${artifacts}${name}-${theme}.png` });
  });
}

/** Violations of WCAG 2.2 AA, in both themes, as lines of text. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // The page's policy forbids foreign scripts; the protocol evaluates outside of it.
  await page.evaluate(await readFile(axePath, 'utf8'));
  const problems: string[] = [];
  await inBothThemes(page, async (theme) => {
    for (const line of await page.evaluate<string[]>(`${SETTLED}.then(() => ${RUN_AXE})`)) problems.push(`${theme}: ${line}`);
  });
  return problems;
}

/** Without motion: a message that comes up while the page is looked at would be half transparent. */
async function inBothThemes(page: Page, look: (theme: 'light' | 'dark') => Promise<void>): Promise<void> {
  const wasStill = await page.evaluate<boolean>(`matchMedia('(prefers-reduced-motion: reduce)').matches`);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(SETTLED);
    await look(colorScheme);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: wasStill ? 'reduce' : null });
}

/** Resolves when nothing in the page moves any more: what is measured before is nowhere for long. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(SETTLED);
}

/** In the page: waits until nothing moves any more, except what moves for ever; also nothing that began to move meanwhile. */
const SETTLED = `(async () => {
  const isEnding = (animation) => animation.playState !== 'finished' && animation.effect?.getComputedTiming().endTime !== Infinity;
  for (;;) {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const ending = document.getAnimations().filter(isEnding);
    if (ending.length === 0) return;
    await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
  }
})()`;

/** `label-content-name-mismatch` is off by default, since axe calls it experimental. */
const RUN_AXE = `axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    rules: { 'label-content-name-mismatch': { enabled: true } },
  }).then(({ violations }) => violations
    .map(({ id, help, nodes }) => id + ': ' + help + ': ' + nodes.map((node) => node.html).join(' | ')))`;
