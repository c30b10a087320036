import { parseSdPath } from '#shared/sd-path.ts';
import { safeText } from './safe-text.ts';

/**
 * An address as people read paths: `sd://DEVICE/a%20b` as `/a b`, bytes that are not UTF-8 as U+FFFD. One within a volume stays as it is,
 * since there is no path to it at the moment.
 */
export function shownPath(address: string): string {
  const parsed = parseSdPath(address);
  return safeText(parsed?.type === 'physical' ? new TextDecoder().decode(parsed.path) : address);
}
