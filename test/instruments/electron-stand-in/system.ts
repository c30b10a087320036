import type * as Electron from 'electron';
import { record } from './record.ts';

type PermissionHandler = (contents: unknown, permission: string, callback: (granted: boolean) => void) => void;
type PermissionCheck = (contents: unknown, permission: string) => boolean;

/** What the program decided about permissions; the page behind the stand-in is never granted any by Chromium itself. */
export const permissions = { request: null as PermissionHandler | null, check: null as PermissionCheck | null };

export const session = {
  defaultSession: {
    setPermissionRequestHandler(handler: PermissionHandler): void {
      permissions.request = handler;
    },
    setPermissionCheckHandler(handler: PermissionCheck): void {
      permissions.check = handler;
    },
    on(name: 'will-download', _listener: (event: unknown) => void): void {
      record.calls.push(`session.on ${name}`);
    },
  },
};

const display = { id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 }, workArea: { x: 0, y: 0, width: 1920, height: 1050 } };
export const screen = { getAllDisplays: () => [display], getPrimaryDisplay: () => display };

export const shell: Pick<Electron.Shell, 'showItemInFolder' | 'openPath'> = {
  showItemInFolder: (path) => {
    record.shownItems.push(path);
  },
  openPath: async (path) => {
    record.openedPaths.push(path);
    return '';
  },
};
