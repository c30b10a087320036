import {
  COMMAND_IDS,
  type CommandId,
  type CustomKeys,
  FIXED_COMMANDS,
  type KeyPlatform,
  keysOf,
  usualKeysOf,
} from '../../../../shared/command-keys.ts';
import { formatChord, type KeyChord } from '../../../../shared/key-chord.ts';

/** Why a chord can mean no command of the user's choice. */
export type KeyProblem = { problem: 'letter' | 'taken' } | { problem: 'fixed'; command: CommandId };

/** What lists, fields and dialogs are worked with: none of it may get another meaning. */
const TAKEN = new Set([
  'Escape',
  'Tab',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'ContextMenu',
]);

/** Null where the chord can mean a command. */
export function keyProblem(chord: KeyChord, platform: KeyPlatform): KeyProblem | null {
  const { mod, ctrl, alt, shift, key } = chord;
  const isHeld = mod || ctrl || alt;
  if (!isHeld && (TAKEN.has(key) || (key === 'F10' && shift))) return { problem: 'taken' };
  // Names are looked for by what is typed.
  if (!isHeld && /^[\p{L}\p{N}]$/u.test(key)) return { problem: 'letter' };
  const text = formatChord(chord);
  const command = [...FIXED_COMMANDS].find((id) => usualKeysOf(id, platform).includes(text));
  return command === undefined ? null : { problem: 'fixed', command };
}

/** The other command that a chord means already. */
export function keyConflict(id: CommandId, chord: string, custom: CustomKeys, platform: KeyPlatform): CommandId | null {
  return COMMAND_IDS.find((other) => other !== id && keysOf(other, custom, platform).includes(chord)) ?? null;
}

/** Gives a chord to a command. Whichever had it keeps its other chords, or is left without. */
export function assignKeys(id: CommandId, chord: string, custom: CustomKeys, platform: KeyPlatform): Record<string, string | null> {
  const others = COMMAND_IDS.filter((other) => other !== id && keysOf(other, custom, platform).includes(chord));
  const left = others.map((other) => [other, keysOf(other, custom, platform).find((key) => key !== chord) ?? null]);
  return withoutUsual({ ...custom, ...Object.fromEntries(left), [id]: chord }, platform);
}

/** Takes all chords from a command. */
export function removeKeys(id: CommandId, custom: CustomKeys, platform: KeyPlatform): Record<string, string | null> {
  return withoutUsual({ ...custom, [id]: null }, platform);
}

/** Gives a command its usual chords again, and takes these from whichever has got one of them meanwhile. */
export function resetKeys(id: CommandId, custom: CustomKeys, platform: KeyPlatform): Record<string, string | null> {
  const { [id]: _own, ...others } = custom;
  const usual = usualKeysOf(id, platform);
  const freed = Object.entries(others).map(([other, chord]) => [other, chord !== null && usual.includes(chord) ? null : chord]);
  return withoutUsual(Object.fromEntries(freed), platform);
}

/** What is as usual need not be written down: it follows when the usual keys change. */
function withoutUsual(custom: Record<string, string | null>, platform: KeyPlatform): Record<string, string | null> {
  const isUsual = (id: string, chord: string | null) => {
    const command = COMMAND_IDS.find((known) => known === id);
    const usual = command ? usualKeysOf(command, platform) : null;
    return usual !== null && (chord === null ? usual.length === 0 : usual.length === 1 && usual[0] === chord);
  };
  return Object.fromEntries(Object.entries(custom).filter(([id, chord]) => !isUsual(id, chord)));
}
