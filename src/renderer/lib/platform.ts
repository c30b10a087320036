/** The page does as its platform does, also in a browser, which says what it runs on. */
export const isMac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac');

const MAC_KEYS: Record<string, string> = { mod: '⌘', shift: '⇧', alt: '⌥', Delete: '⌫', Enter: '↩' };
const OTHER_KEYS: Record<string, string> = { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', Delete: 'Del' };

/** Keys as the platform's menus write them: `mod+shift+c` is “Ctrl+Shift+C” or “⌘⇧C”. */
export function shortcutText(keys: string, mac = isMac): string {
  const names = mac ? MAC_KEYS : OTHER_KEYS;
  const parts = keys.split('+').map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key));
  return parts.join(mac ? '' : '+');
}
