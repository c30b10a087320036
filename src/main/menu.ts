import type { MenuItemConstructorOptions } from 'electron';
import type { PageAction } from '#shared/contract/shell.ts';
import type { Texts } from './texts.ts';

export interface MenuActions {
  page(action: PageAction): void;
  showLogs(): void;
}

/** The application menu with the platform's own accelerators, in the order its users expect. */
export function applicationMenu(platform: NodeJS.Platform, { t }: Texts, actions: MenuActions): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const item = (label: string, action: PageAction, accelerator?: string): MenuItemConstructorOptions => ({
    label: t(label),
    click: () => actions.page(action),
    ...(accelerator ? { accelerator } : {}),
  });
  const settings = item('menu.settings', 'settings', 'CmdOrCtrl+,');
  const separator: MenuItemConstructorOptions = { type: 'separator' };

  const application: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about', label: t('menu.about') },
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit', label: t('menu.quit') },
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: t('menu.file'),
    submenu: [
      item('menu.newFolder', 'new-folder', 'CmdOrCtrl+Shift+N'),
      item('menu.newFile', 'new-file'),
      separator,
      item('menu.rename', 'rename', isMac ? undefined : 'F2'),
      item('menu.duplicate', 'duplicate', 'CmdOrCtrl+D'),
      item('menu.moveToTrash', 'move-to-trash', isMac ? 'Cmd+Backspace' : undefined),
      item('menu.delete', 'delete', isMac ? 'Alt+Cmd+Backspace' : undefined),
      separator,
      item('menu.newLibrary', 'create-library'),
      item('menu.openLibrary', 'open-library', 'CmdOrCtrl+Shift+O'),
      separator,
      ...(isMac ? [] : [settings, separator]),
      { role: 'close', label: t('menu.closeWindow'), accelerator: isMac ? 'Cmd+Shift+W' : 'Ctrl+Shift+W' },
      ...(isMac ? [] : [{ role: 'quit', label: t('menu.quit'), accelerator: 'Ctrl+Q' } as const]),
    ],
  };
  // What is copied, cut and pasted is text in a field and files elsewhere: the page hears of it by the browser's own events.
  const edit: MenuItemConstructorOptions = {
    label: t('menu.edit'),
    submenu: [
      item('menu.undo', 'undo', 'CmdOrCtrl+Z'),
      { role: 'redo', label: t('menu.redo') },
      separator,
      { role: 'cut', label: t('menu.cut') },
      { role: 'copy', label: t('menu.copy') },
      { role: 'paste', label: t('menu.paste') },
      item('menu.selectAll', 'select-all', 'CmdOrCtrl+A'),
      separator,
      item('menu.find', 'find', 'CmdOrCtrl+F'),
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: t('menu.view'),
    submenu: [
      item('menu.refresh', 'refresh', isMac ? 'Cmd+R' : 'F5'),
      item('menu.toggleSidebar', 'toggle-sidebar', 'CmdOrCtrl+B'),
      separator,
      item('menu.notifications', 'notifications'),
      item('menu.jobs', 'jobs', 'CmdOrCtrl+J'),
      item('menu.history', 'history'),
      item('menu.trash', 'trash'),
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
      { role: 'toggleDevTools' },
    ],
  };
  const go: MenuItemConstructorOptions = {
    label: t('menu.go'),
    submenu: [
      item('menu.back', 'back', isMac ? 'Cmd+[' : 'Alt+Left'),
      item('menu.forward', 'forward', isMac ? 'Cmd+]' : 'Alt+Right'),
      item('menu.up', 'up', isMac ? 'Cmd+Up' : 'Alt+Up'),
    ],
  };
  const help: MenuItemConstructorOptions = {
    role: 'help',
    label: t('menu.help'),
    submenu: [
      { label: t('menu.showLogs'), click: () => actions.showLogs() },
      ...(isMac ? [] : [separator, { role: 'about', label: t('menu.about') } as const]),
    ],
  };
  return [
    ...(isMac ? [application] : []),
    file,
    edit,
    view,
    go,
    ...(isMac ? [{ role: 'windowMenu', label: t('menu.window') } as const] : []),
    help,
  ];
}
