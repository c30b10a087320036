/** Keys that are pressed together. `mod` is Ctrl, or Command on a Mac; `ctrl` is the Mac's own Control. */
export interface KeyChord {
  mod: boolean;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
  /** As `KeyboardEvent.key` names it; letters small, the space bar `Space`, `+` as `Plus`. */
  key: string;
}

const MODIFIERS = ['mod', 'ctrl', 'alt', 'shift'] as const;
/** What a chord may end with, beside what writes one character. */
const NAMED_KEYS = new Set([
  ...['Enter', 'Space', 'Tab', 'Escape', 'Backspace', 'Delete', 'Insert', 'Home', 'End', 'PageUp', 'PageDown', 'Plus', 'ContextMenu'],
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
  ...Array.from({ length: 24 }, (_, index) => `F${index + 1}`),
]);

const isModifier = (part: string): part is (typeof MODIFIERS)[number] => MODIFIERS.some((name) => name === part);

/** Reads `mod+shift+c`, its modifiers in any order. @returns null for what is no chord */
export function parseChord(text: string): KeyChord | null {
  const parts = text.split('+');
  const last = parts.pop() ?? '';
  const modifiers = parts.map((part) => part.toLowerCase());
  if (!modifiers.every(isModifier) || new Set(modifiers).size !== modifiers.length) return null;
  const key = [...last].length === 1 ? last.toLowerCase() : last;
  if (!isOneCharacter(key) && !NAMED_KEYS.has(key)) return null;
  const has = (name: (typeof MODIFIERS)[number]) => modifiers.includes(name);
  return { mod: has('mod'), ctrl: has('ctrl'), alt: has('alt'), shift: has('shift'), key };
}

/** The one way to write a chord down: equal chords are equal texts. */
export function formatChord(chord: KeyChord): string {
  return [...MODIFIERS.filter((name) => chord[name]), chord.key].join('+');
}

/** Whether it has a key with it that writes nothing: only such a chord means a command while text is written. */
export function writesNothing({ mod, ctrl, alt, key }: KeyChord): boolean {
  return mod || ctrl || alt || /^F\d+$/.test(key);
}

const ELECTRON_KEYS: Record<string, string> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Enter: 'Return',
};

/** The chord as a menu of Electron has it. https://www.electronjs.org/docs/latest/tutorial/keyboard-shortcuts */
export function toAccelerator(text: string): string | null {
  const chord = parseChord(text);
  if (!chord || chord.key === 'ContextMenu') return null;
  const key = ELECTRON_KEYS[chord.key] ?? (chord.key.length === 1 ? chord.key.toUpperCase() : chord.key);
  const names = { mod: 'CmdOrCtrl', ctrl: 'Control', alt: 'Alt', shift: 'Shift' };
  return [...MODIFIERS.filter((name) => chord[name]).map((name) => names[name]), key].join('+');
}

function isOneCharacter(key: string): boolean {
  return [...key].length === 1 && !/[\s\p{C}]/u.test(key);
}
