import { parseSdPath } from '../../../shared/sd-path.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Whether an address has a plain path on this device that says the same: other programs can be given it. */
export function isPlain(address: string): boolean {
  const parsed = parseSdPath(address);
  if (parsed?.type !== 'physical') return false;
  try {
    utf8.decode(parsed.path);
    return true;
  } catch {
    // Bytes that are not UTF-8: as text they would name another file.
    return false;
  }
}
