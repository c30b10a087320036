import { formatChord, parseChord } from './key-chord.ts';

/** The usual chords of a command; the first one is shown. What a platform does not name has none. */
interface PlatformKeys {
  mac?: readonly string[];
  other?: readonly string[];
  /** In a browser, which keeps some chords to itself: these come first there. */
  web?: readonly string[];
}

const both = (...chords: string[]): PlatformKeys => ({ mac: chords, other: chords });
const none: PlatformKeys = {};

/**
 * Every command of the page, and the keys that it has while the user has chosen no others. The page, the native menu and the settings
 * agree because all of them read this.
 */
export const COMMAND_KEYS = {
  'file.open': { other: ['Enter'], mac: ['mod+ArrowDown', 'mod+o'] },
  'file.preview': both('Space'),
  'file.newFolder': { ...both('mod+shift+n'), web: ['alt+shift+n'] },
  'file.newFile': both('mod+alt+n'),
  'file.rename': { other: ['F2'], mac: ['Enter', 'F2'] },
  'file.duplicate': both('mod+d'),
  'file.copyTo': both('mod+shift+c'),
  'file.moveTo': both('mod+shift+m'),
  'file.makeLink': none,
  'file.copyPath': both('mod+alt+c'),
  'file.copyName': none,
  'file.copyAddress': none,
  'file.showInFileManager': none,
  'file.openTerminal': { other: ['shift+F4'], mac: ['mod+alt+t'] },
  'file.addLocation': none,
  'file.favourite': none,
  'file.trash': { other: ['Delete'], mac: ['mod+Backspace'] },
  'file.delete': { other: ['shift+Delete'], mac: ['mod+alt+Backspace'] },
  'edit.undo': both('mod+z'),
  'edit.cut': both('mod+x'),
  'edit.copy': both('mod+c'),
  'edit.paste': both('mod+v'),
  'edit.pasteLink': both('mod+shift+v'),
  'edit.selectAll': both('mod+a'),
  'edit.invertSelection': both('mod+alt+a'),
  'edit.selectByName': both('mod+s'),
  'go.back': { other: ['alt+ArrowLeft'], mac: ['mod+['] },
  'go.forward': { other: ['alt+ArrowRight'], mac: ['mod+]'] },
  'go.up': { other: ['alt+ArrowUp', 'Backspace'], mac: ['mod+ArrowUp', 'Backspace'] },
  'go.path': { other: ['mod+l', 'F4'], mac: ['mod+l'] },
  'go.home': { other: ['alt+Home'], mac: ['mod+shift+h'] },
  'go.search': both('mod+f', '/'),
  'go.trash': none,
  'go.history': none,
  'view.refresh': { other: ['F5'], mac: ['mod+r'] },
  'view.hidden': { other: ['mod+h'], mac: ['mod+shift+.'] },
  'view.sidebar': both('mod+b'),
  'view.inspector': both('mod+i', 'alt+Enter'),
  'view.asList': both('mod+shift+1'),
  'view.asGrid': both('mod+shift+2'),
  'view.asColumns': both('mod+shift+3'),
  'view.asGallery': both('mod+shift+4'),
  'view.asSizes': both('mod+shift+5'),
  'view.jobs': both('mod+j'),
  'view.notifications': none,
  // A browser has some of these for its own tabs, and tells the page nothing of them.
  'tab.new': { ...both('mod+t'), web: ['alt+t'] },
  'tab.close': { ...both('mod+w'), web: ['alt+w'] },
  'tab.closeOthers': none,
  'tab.reopen': { ...both('mod+shift+t'), web: ['alt+shift+t'] },
  'tab.next': { other: ['mod+Tab', 'mod+PageDown'], mac: ['ctrl+Tab'], web: ['alt+PageDown'] },
  'tab.previous': { other: ['mod+shift+Tab', 'mod+PageUp'], mac: ['ctrl+shift+Tab'], web: ['alt+PageUp'] },
  'tab.duplicate': none,
  'tab.moveOver': none,
  'tab.first': { other: ['alt+1'], mac: ['ctrl+1'] },
  'tab.second': { other: ['alt+2'], mac: ['ctrl+2'] },
  'tab.third': { other: ['alt+3'], mac: ['ctrl+3'] },
  'tab.fourth': { other: ['alt+4'], mac: ['ctrl+4'] },
  'tab.fifth': { other: ['alt+5'], mac: ['ctrl+5'] },
  'tab.sixth': { other: ['alt+6'], mac: ['ctrl+6'] },
  'tab.seventh': { other: ['alt+7'], mac: ['ctrl+7'] },
  'tab.eighth': { other: ['alt+8'], mac: ['ctrl+8'] },
  'tab.last': { other: ['alt+9'], mac: ['ctrl+9'] },
  'pane.split': { other: ['F3'], mac: ['mod+alt+s'] },
  'pane.other': both('F6'),
  'pane.openTab': both('mod+Enter'),
  'pane.openBeside': both('mod+shift+Enter'),
  'pane.copyBeside': both('shift+F5'),
  'pane.moveBeside': both('shift+F6'),
  'library.create': none,
  'library.open': both('mod+shift+o'),
  'app.newWindow': { ...both('mod+n'), web: ['alt+n'] },
  'app.palette': both('mod+k', 'mod+shift+p'),
  'app.settings': both('mod+,'),
  'help.shortcuts': both('?', 'F1'),
  'help.open': none,
  'help.welcome': none,
  'help.about': none,
} satisfies Record<string, PlatformKeys>;

export type CommandId = keyof typeof COMMAND_KEYS;

export const COMMAND_IDS = Object.keys(COMMAND_KEYS) as [CommandId, ...CommandId[]];

export type KeyPlatform = 'mac' | 'other' | 'web-mac' | 'web-other';

/**
 * Text that is cut, copied and pasted is the browser's own: it tells the page of these, whichever way they were asked for, and only then
 * lets it at the clipboard. Their keys are the system's.
 */
export const FIXED_COMMANDS: ReadonlySet<CommandId> = new Set<CommandId>(['edit.cut', 'edit.copy', 'edit.paste']);

/** What the user has chosen, by command: a chord, or null for none at all. Of a command that is not named the usual ones hold. */
export type CustomKeys = Readonly<Record<string, string | null>>;

/** The chords of a command as `formatChord` writes them, the one to show first. */
export function keysOf(id: CommandId, custom: CustomKeys, platform: KeyPlatform): string[] {
  const chosen = FIXED_COMMANDS.has(id) ? undefined : custom[id];
  if (chosen === null) return [];
  const own = chosen === undefined ? null : parseChord(chosen);
  // What somebody wrote into the file by hand and is no chord takes nothing away.
  return own ? [formatChord(own)] : usualKeysOf(id, platform);
}

/** What browsers do themselves, with their tabs and windows: the page is told nothing of it. */
const KEPT_BY_BROWSERS = {
  other: ['mod+n', 'mod+shift+n', 'mod+t', 'mod+shift+t', 'mod+w', 'mod+shift+w', 'mod+Tab', 'mod+shift+Tab', 'mod+PageDown', 'mod+PageUp'],
  mac: ['mod+n', 'mod+shift+n', 'mod+t', 'mod+shift+t', 'mod+w', 'mod+shift+w', 'ctrl+Tab', 'ctrl+shift+Tab', 'mod+q', 'mod+h', 'mod+m'],
};

/** Whether the page runs in a browser that is likely to keep a chord for itself. */
export function isKeptByBrowser(chord: string, platform: KeyPlatform): boolean {
  if (platform === 'web-mac') return KEPT_BY_BROWSERS.mac.includes(chord);
  return platform === 'web-other' && KEPT_BY_BROWSERS.other.includes(chord);
}

/** The chords that a command has while the user has chosen no other. */
export function usualKeysOf(id: CommandId, platform: KeyPlatform): string[] {
  const keys: PlatformKeys = COMMAND_KEYS[id];
  const isMac = platform === 'mac' || platform === 'web-mac';
  const isWeb = platform === 'web-mac' || platform === 'web-other';
  const usual = [...(isWeb ? (keys.web ?? []) : []), ...((isMac ? keys.mac : keys.other) ?? [])];
  return usual.flatMap((text) => {
    const chord = parseChord(text);
    return chord ? [formatChord(chord)] : [];
  });
}
