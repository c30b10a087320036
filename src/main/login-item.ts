import { join } from 'node:path';
import { app } from 'electron';
import { writeAutostart } from './autostart.ts';
import { programPath } from './program-path.ts';

const LOGIN_ARGS = ['--hidden'];

/** Makes the program start at login, in the tray, or not any more. */
export function setStartAtLogin(isWanted: boolean): void {
  // Run from source, the program is Electron itself, which nobody wants to see at login.
  if (!app.isPackaged) return;
  if (process.platform !== 'linux') {
    // Only what changes: setting it again would undo what the user has switched off in the system's own settings.
    if (app.getLoginItemSettings({ args: LOGIN_ARGS }).openAtLogin !== isWanted) {
      app.setLoginItemSettings({ openAtLogin: isWanted, args: LOGIN_ARGS });
    }
    return;
  }
  const folder = join(process.env.XDG_CONFIG_HOME || join(app.getPath('home'), '.config'), 'autostart');
  writeAutostart(folder, programPath(), isWanted);
}

/** macOS starts programs at login without arguments of ours, and tells them instead. */
export function wasOpenedAtLogin(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}
