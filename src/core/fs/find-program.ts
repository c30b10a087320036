import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** Path of the first program of that name in `PATH`, or null: to know without running it whether a tool is installed. */
export function findProgram(name: string, searchPath: string = process.env.PATH ?? ''): string | null {
  for (const folder of searchPath.split(path.delimiter)) {
    if (folder === '') continue;
    const candidate = path.join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      if (statSync(candidate).isFile()) return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}
