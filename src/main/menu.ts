import type { MenuItemConstructorOptions } from 'electron';
import { type CommandId, type CustomKeys, keysOf } from '#shared/command-keys.ts';
import { parseChord, toAccelerator, writesNothing } from '#shared/key-chord.ts';
import type { Texts } from './texts.ts';

export interface MenuActions {
  page(command: CommandId): void;
  showLogs(): void;
}

/**
 * The application menu, in the order its users expect, with the keys that commands have on this platform.
 * @param custom the keys that the user has chosen
 */
export function applicationMenu(
  platform: NodeJS.Platform,
  { t }: Texts,
  custom: CustomKeys,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const item = (label: string, command: CommandId): MenuItemConstructorOptions => ({
    label: t(label),
    click: () => actions.page(command),
    ...keyOf(command, custom, isMac),
  });
  const settings = item('menu.settings', 'app.settings');
  const separator: MenuItemConstructorOptions = { type: 'separator' };

  const application: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      item('menu.about', 'help.about'),
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
      item('menu.newWindow', 'app.newWindow'),
      item('menu.newTab', 'tab.new'),
      item('menu.closeTab', 'tab.close'),
      separator,
      item('menu.newFolder', 'file.newFolder'),
      item('menu.newFile', 'file.newFile'),
      separator,
      item('menu.rename', 'file.rename'),
      item('menu.duplicate', 'file.duplicate'),
      item('menu.moveToTrash', 'file.trash'),
      item('menu.delete', 'file.delete'),
      item('menu.openTerminal', 'file.openTerminal'),
      separator,
      item('menu.newLibrary', 'library.create'),
      item('menu.openLibrary', 'library.open'),
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
      item('menu.undo', 'edit.undo'),
      { role: 'redo', label: t('menu.redo') },
      separator,
      { role: 'cut', label: t('menu.cut') },
      { role: 'copy', label: t('menu.copy') },
      { role: 'paste', label: t('menu.paste') },
      item('menu.selectAll', 'edit.selectAll'),
      separator,
      item('menu.find', 'go.search'),
      item('menu.palette', 'app.palette'),
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: t('menu.view'),
    submenu: [
      item('menu.refresh', 'view.refresh'),
      item('menu.toggleSidebar', 'view.sidebar'),
      item('menu.inspector', 'view.inspector'),
      item('menu.split', 'pane.split'),
      separator,
      item('menu.notifications', 'view.notifications'),
      item('menu.jobs', 'view.jobs'),
      item('menu.history', 'go.history'),
      item('menu.trash', 'go.trash'),
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
    submenu: [item('menu.back', 'go.back'), item('menu.forward', 'go.forward'), item('menu.up', 'go.up')],
  };
  const help: MenuItemConstructorOptions = {
    role: 'help',
    label: t('menu.help'),
    submenu: [
      item('menu.helpPage', 'help.open'),
      item('menu.shortcuts', 'help.shortcuts'),
      item('menu.welcome', 'help.welcome'),
      separator,
      { label: t('menu.showLogs'), click: () => actions.showLogs() },
      ...(isMac ? [] : [separator, item('menu.about', 'help.about')]),
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

/**
 * The keys that a line shows. Elsewhere than on a Mac they are only shown: the page itself knows where a key means the command, and where
 * a text. On a Mac the menu has the keys, so that one without anything held would be lost to whatever is typed.
 */
function keyOf(command: CommandId, custom: CustomKeys, isMac: boolean): MenuItemConstructorOptions {
  const [text = ''] = keysOf(command, custom, isMac ? 'mac' : 'other');
  const chord = parseChord(text);
  const accelerator = toAccelerator(text);
  if (!chord || accelerator === null || (isMac && !writesNothing(chord))) return {};
  return isMac ? { accelerator } : { accelerator, registerAccelerator: false };
}
