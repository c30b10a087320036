import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

/** Marks the file as ours, so that one which the user wrote is neither replaced nor removed. */
const MARK = 'X-Mooring-Created=true';

/**
 * Makes the program start at login, in the tray, or not any more. On Linux through the autostart folder of the XDG
 * Autostart Specification, elsewhere through the system's own list.
 */
export function setStartAtLogin(isWanted: boolean): void {
  // Run from source, the program is Electron itself, which nobody wants to see at login.
  if (!app.isPackaged) return;
  if (process.platform !== 'linux') app.setLoginItemSettings({ openAtLogin: isWanted, args: ['--hidden'] });
  else writeAutostart(join(process.env.XDG_CONFIG_HOME || join(app.getPath('home'), '.config'), 'autostart'), isWanted);
}

function writeAutostart(folder: string, isWanted: boolean): void {
  const path = join(folder, 'mooring.desktop');
  const present = readIfThere(path);
  if (present !== null && !present.includes(MARK)) return;
  if (!isWanted) {
    rmSync(path, { force: true });
    return;
  }
  mkdirSync(folder, { recursive: true });
  // An AppImage unpacks itself to a new place at each start; its own path is in the environment.
  writeFileSync(path, autostartEntry(process.env.APPIMAGE ?? process.execPath));
}

/** Quoting as the Desktop Entry Specification has it for `Exec`: inside double quotes, with `%` doubled. */
export function autostartEntry(program: string): string {
  const quoted = program
    .replace(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%');
  return `[Desktop Entry]\nType=Application\nName=Mooring\nExec="${quoted}" --hidden\nIcon=mooring\nTerminal=false\n${MARK}\n`;
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not there: nobody wrote one.
    return null;
  }
}
