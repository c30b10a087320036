import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import path from 'node:path';
import { DarwinTrash } from './darwin-trash.ts';
import { RecycleBin } from './recycle-bin.ts';
import type { TrashSystem } from './trash-folder.ts';
import { XdgTrash } from './xdg-trash.ts';

const SID_TIMEOUT_MS = 5000;

/** The trash of this system and user. May wait for a program on Windows: not for the engine's thread. */
export function trashForPlatform(platform: NodeJS.Platform = process.platform): TrashSystem {
  if (platform === 'win32') return new RecycleBin({ sid: readSid(), driveOf: driveOfRoot });
  const uid = process.getuid?.() ?? 0;
  if (platform === 'darwin') return new DarwinTrash({ home: homedir(), uid });
  const configured = process.env.XDG_DATA_HOME;
  // The XDG base directory specification has relative paths ignored.
  const dataHome = configured !== undefined && path.isAbsolute(configured) ? configured : path.join(homedir(), '.local', 'share');
  return new XdgTrash({ dataHome, uid });
}

function driveOfRoot(top: string | Buffer): string | null {
  return /^([A-Za-z]:)\\?$/.exec(String(top))?.[1] ?? null;
}

/** `"computer\user","S-1-5-21-…"`; null when Windows does not answer. */
function readSid(): string | null {
  try {
    const whoami = path.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'whoami.exe');
    const text = execFileSync(whoami, ['/user', '/fo', 'csv', '/nh'], { encoding: 'utf8', timeout: SID_TIMEOUT_MS, windowsHide: true });
    return /"(S-1-[\d-]+)"/.exec(text)?.[1] ?? null;
  } catch {
    return null; // Whoever wants to throw something away is told.
  }
}
