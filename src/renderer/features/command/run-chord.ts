import { FIXED_COMMANDS } from '../../../shared/command-keys.ts';
import { formatChord, type KeyChord, writesNothing } from '../../../shared/key-chord.ts';
import { isMac } from '../../lib/platform.ts';
import type { Command } from './command.ts';
import { COMMANDS, isEnabled } from './commands.ts';
import { chordOf } from './event-chord.ts';
import { runCommand } from './run-command.ts';
import { commandsWith } from './shortcuts.ts';

/** Marks what shows files, and has keys about them. */
const LISTS = '[role="grid"], [data-file-list]';
const FIELDS = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';
/** In front of everything else: the keys are theirs. */
const OWNERS = '[role="dialog"], [role="alertdialog"], [role="menu"], [data-own-keys]';

/** Does what the pressed keys mean where they were pressed, and keeps them from meaning anything else. @returns whether they meant something */
export function runChord(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const chord = chordOf(event, isMac);
  if (!chord) return false;
  const target = event.target instanceof Element ? event.target : document.body;
  const id = commandsWith(formatChord(chord)).find(
    (candidate) => !FIXED_COMMANDS.has(candidate) && isMeant(COMMANDS[candidate], chord, target) && isEnabled(candidate),
  );
  if (id === undefined) return false;
  event.preventDefault();
  // Held down, it would be done again and again.
  if (!event.repeat || MAY_REPEAT.has(id)) runCommand(id);
  return true;
}

const MAY_REPEAT: ReadonlySet<string> = new Set(['go.back', 'go.forward', 'go.up']);

/** Whether the command is about the place where the chord was pressed. */
function isMeant(command: Command, chord: KeyChord, target: Element): boolean {
  if (target.closest(OWNERS)) return false;
  if (target.closest(FIELDS)) return command.where === 'anywhere' && writesNothing(chord);
  const isPress = (chord.key === 'Enter' || chord.key === 'Space') && !chord.mod && !chord.ctrl && !chord.alt;
  // A button has keys of its own, also one in the heading of a list.
  if (isPress && target.closest('button, a, summary, [role="button"]')) return false;
  return command.where !== 'list' || target === document.body || target.closest(LISTS) !== null;
}
