import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

const Bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(200).max(20_000),
  height: z.number().int().min(200).max(20_000),
});
export type Bounds = z.infer<typeof Bounds>;

const WindowState = z.object({
  bounds: Bounds.nullable(),
  isMaximized: z.boolean(),
  /** So that the next window has the right colour before the engine has told the configuration. */
  theme: z.enum(['system', 'light', 'dark']),
});
export type WindowState = z.infer<typeof WindowState>;

const DEFAULT: WindowState = { bounds: null, isMaximized: false, theme: 'system' };
/** How much of a window must be on a screen for it to be found again. */
const VISIBLE_PX = 80;

/** Where the window was. A missing or damaged file means the defaults: nothing of value is lost with it. */
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
