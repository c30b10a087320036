import { describe, expect, it } from 'vitest';
import { applicationMenu } from './menu.ts';
import { Texts } from './texts.ts';

const NOTHING = { page: () => undefined, showLogs: () => undefined };

function keysIn(platform: NodeJS.Platform, custom: Record<string, string | null> = {}) {
  const menus = applicationMenu(platform, new Texts('en'), custom, NOTHING);
  const items = menus.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
  return Object.fromEntries(items.filter(({ click }) => click).map(({ label, accelerator }) => [label, accelerator ?? null]));
}

describe('the application menu', () => {
  it('shows the usual keys of the platform', () => {
    expect(keysIn('linux')).toMatchObject({ Rename: 'F2', 'Move to Trash': 'Delete', Back: 'Alt+Left', Find: 'CmdOrCtrl+F' });
    expect(keysIn('darwin')).toMatchObject({ 'Move to Trash': 'CmdOrCtrl+Backspace', Back: 'CmdOrCtrl+[' });
  });

  it('follows the keys that the user has chosen', () => {
    const keys = keysIn('linux', { 'file.rename': 'mod+shift+e', 'file.trash': null });
    expect(keys).toMatchObject({ Rename: 'CmdOrCtrl+Shift+E', 'Move to Trash': null });
  });

  it('leaves keys to the page, but on a Mac, where it gives up those that could be text', () => {
    const menus = applicationMenu('linux', new Texts('en'), {}, NOTHING);
    const items = menus.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
    expect(items.filter(({ click, accelerator, registerAccelerator }) => click && accelerator && registerAccelerator !== false)).toEqual(
      [],
    );
    expect(keysIn('darwin').Rename).toBeNull();
  });

  it('names every command in both languages', () => {
    for (const platform of ['darwin', 'linux', 'win32'] as const) {
      for (const language of ['en', 'de']) {
        const labels = applicationMenu(platform, new Texts(language), {}, NOTHING).flatMap(({ label, submenu }) => [
          label,
          ...(Array.isArray(submenu) ? submenu.map((item) => item.label) : []),
        ]);
        expect(labels.filter((label) => label?.startsWith('menu.'))).toEqual([]);
      }
    }
  });
});
