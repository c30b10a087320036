import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

/** More windows than these are opened, but not again at the next start. */
export const MOST_OTHERS = 30;

const Bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(200).max(20_000),
  height: z.number().int().min(200).max(20_000),
});
export type Bounds = z.infer<typeof Bounds>;

const Place = { bounds: Bounds.nullable(), isMaximized: z.boolean() };

/** A window beside the main one. Its page keeps its tabs under the same number. */
const OtherWindow = z.object({ number: z.int().min(2).max(1000), ...Place });
export type OtherWindow = z.infer<typeof OtherWindow>;

const WindowState = z.object({
  ...Place,
  /** So that the next window has the right colour before the engine has told the configuration. */
  theme: z.enum(['system', 'light', 'dark']),
  /** That were open when Mooring ended, or are now: in the order in which they were opened. */
  others: z.array(OtherWindow).max(MOST_OTHERS).catch([]),
});
export type WindowState = z.infer<typeof WindowState>;

const DEFAULT: WindowState = { bounds: null, isMaximized: false, theme: 'system', others: [] };
/** How much of a window must be on a screen for it to be found again. */
const VISIBLE_PX = 80;

/** Where the windows were. A missing or damaged file means the defaults: nothing of value is lost with it. */
export function readWindowState(path: string): WindowState {
  try {
    return WindowState.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // First start, or a file that somebody edited.
    return DEFAULT;
  }
}

export function writeWindowState(path: string, state: WindowState): void {
  writeFileAtomic.sync(path, JSON.stringify(state));
}

/** The remembered place, unless the screen it was on is gone. */
export function boundsOnScreen(bounds: Bounds | null, workAreas: readonly Bounds[]): Bounds | null {
  if (!bounds) return null;
  const isReachable = workAreas.some(
    (area) =>
      Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x) >= VISIBLE_PX &&
      bounds.y >= area.y &&
      bounds.y + VISIBLE_PX <= area.y + area.height,
  );
  return isReachable ? bounds : null;
}

/** The lowest number that no window has: what the page of a window that is gone has kept is overwritten in time. */
export function freeNumber(others: readonly Pick<OtherWindow, 'number'>[]): number {
  const taken = new Set(others.map(({ number }) => number));
  let number = 2;
  while (taken.has(number)) number++;
  return number;
}
