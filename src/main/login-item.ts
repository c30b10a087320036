import { join } from 'node:path';
import { app } from 'electron';
import { writeAutostart } from './autostart.ts';

/** Makes the program start at login, in the tray, or not any more. */
export function setStartAtLogin(isWanted: boolean): void {
  // Run from source, the program is Electron itself, which nobody wants to see at login.
  if (!app.isPackaged) return;
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: isWanted, args: ['--hidden'] });
    return;
  }
  const folder = join(process.env.XDG_CONFIG_HOME || join(app.getPath('home'), '.config'), 'autostart');
  // An AppImage unpacks itself to a new place at each start; its own path is in the environment.
  writeAutostart(folder, process.env.APPIMAGE ?? process.execPath, isWanted);
}
