import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Marks the file as ours, so that one which the user wrote is neither replaced nor removed. */
const MARK = 'X-Mooring-Created=true';

/**
 * Makes the desktop start `program` at login, or not any more: an entry as the XDG Autostart Specification has it.
 * @param folder the autostart folder, e.g. `~/.config/autostart`
 */
export function writeAutostart(folder: string, program: string, isWanted: boolean): void {
  const path = join(folder, 'mooring.desktop');
  const present = readIfThere(path);
  if (present !== null && !present.includes(MARK)) return;
  if (!isWanted) {
    rmSync(path, { force: true });
    return;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, autostartEntry(program));
}

/**
 * Quoting as the Desktop Entry Specification has it for `Exec`: inside double quotes `"`, `` ` ``, `$` and `\` take a
 * backslash, which the general rule for strings doubles; `%` is doubled.
 */
function autostartEntry(program: string): string {
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
