import type * as Electron from 'electron';
import { app, newEvent } from './app.ts';
import { debuggingAddress } from './browser.ts';
import { BrowserWindow, firstLoad } from './browser-window.ts';
import { clipboardContent, setClipboardContent } from './clipboard.ts';
import { answers, Menu, Notification, nativeTheme, pressButton, Tray } from './native-ui.ts';
import { record } from './record.ts';
import { permissions } from './system.ts';

/** What a menu item shows, without what it does. */
export interface MenuItemView {
  label: string;
  type: string;
  role: string | null;
  enabled: boolean;
  checked: boolean;
  accelerator: string | null;
  submenu: MenuItemView[];
}

/** Everything that a test can ask of the stand-in or do as a person would. Arguments and answers are JSON. */
export const commands = {
  /** Where to connect to see the window's page; waits until there is one. */
  pageAddress: () => firstLoad.promise.then(debuggingAddress),
  record: () => record,
  windows: () =>
    BrowserWindow.getAllWindows().map((window) => ({
      url: window.webContents.getURL(),
      visible: window.isVisible(),
      focused: window.isFocused(),
      bounds: window.getBounds(),
      webPreferences: { ...window.options.webPreferences },
    })),
  /** @param index null: all */
  closeWindow: (index: number | null) =>
    BrowserWindow.getAllWindows()
      .filter((_, at) => index === null || at === index)
      .map((window) => window.close()),
  setBounds: (bounds: Electron.Rectangle, index: number) => BrowserWindow.getAllWindows()[index]?.setBounds(bounds),
  tray: () =>
    Tray.shown && {
      toolTip: Tray.shown.toolTip,
      image: Tray.shown.image.path,
      items: view(Tray.shown.menu?.items ?? []),
    },
  clickTray: (path: string[]) => Tray.shown?.menu?.click(path),
  menu: () => view(Menu.application?.items ?? []),
  clickMenu: (path: string[]) => Menu.application?.click(path),
  notifications: () =>
    Notification.shown.map((notification, index) => ({
      index,
      title: notification.options.title ?? '',
      body: notification.options.body ?? '',
      actions: (notification.options.actions ?? []).map((action) => action.text ?? ''),
      isShown: notification.isShown,
    })),
  pressNotification: (index: number, action: string | null) => Notification.shown[index]?.press(action),
  answerFolder: (path: string | null) => void answers.folders.push(path),
  answerSave: (path: string | null) => void answers.savePaths.push(path),
  clipboard: () => clipboardContent(),
  setClipboard: (content: Record<string, string>) => setClipboardContent(content),
  pressButton: (index: number) => pressButton(index),
  themeSource: () => nativeTheme.themeSource,
  setSystemDark: (isDark: boolean) => nativeTheme.setSystem(isDark),
  askPermission: (permission: string) =>
    new Promise<boolean>((resolve) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (permissions.check && !permissions.check(contents, permission)) resolve(false);
      else if (permissions.request) permissions.request(contents, permission, resolve);
      else resolve(true);
    }),
  openUrl: (url: string) => void app.emit('open-url', newEvent(), url),
  expectFiles: async (paths: string[]) => {
    for (const window of BrowserWindow.getAllWindows()) await window.expectFiles(paths);
  },
  quit: () => app.quit(),
};
export type Commands = typeof commands;

function view(items: Electron.MenuItemConstructorOptions[]): MenuItemView[] {
  return items
    .filter((item) => item.visible !== false)
    .map((item) => ({
      label: item.label ?? '',
      type: item.type ?? (item.submenu ? 'submenu' : 'normal'),
      role: item.role ?? null,
      enabled: item.enabled !== false,
      checked: item.checked === true,
      accelerator: item.accelerator ?? null,
      submenu: Array.isArray(item.submenu) ? view(item.submenu) : [],
    }));
}

/** Answers `{ id, command, args }` of the parent process with `{ id, value }` or `{ id, error }`. Without a parent there is nobody to answer. */
export function startControl(): void {
  if (!process.send) return;
  process.on('message', async (message: { id: number; command: keyof Commands; args: unknown[] }) => {
    try {
      const run = commands[message.command] as (...args: unknown[]) => unknown;
      process.send?.({ id: message.id, value: (await run(...message.args)) ?? null });
    } catch (error) {
      process.send?.({ id: message.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  // Being listened to is no reason to stay alive.
  process.channel?.unref();
}
