import { join, normalize, sep } from 'node:path';

/** The file that an address names; null for one outside the folder. */
export function pageFile(folder: string, url: string): string | null {
  try {
    const path = normalize(join(folder, decodeURIComponent(new URL(url).pathname)));
    return path.startsWith(folder + sep) && !path.includes('\0') ? path : null;
  } catch {
    // A percent sign that encodes nothing.
    return null;
  }
}
