import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandId, CustomKeys } from '../../../../shared/command-keys.ts';
import { formatChord } from '../../../../shared/key-chord.ts';
import { Button } from '../../../components/Button.tsx';
import { isMac } from '../../../lib/platform.ts';
import { chordText } from '../../command/chord-text.ts';
import { commandTitle } from '../../command/commands.ts';
import { chordOf } from '../../command/event-chord.ts';
import { keyPlatform } from '../../command/shortcuts.ts';
import { type KeyProblem, keyConflict, keyProblem } from './assign-keys.ts';

interface KeyRecorderProps {
  id: CommandId;
  custom: CustomKeys;
  onRecord: (chord: string) => void;
  onClose: () => void;
}

/** Waits for the new keys of a command, and asks when they mean something already. */
export function KeyRecorder({ id, custom, onRecord, onClose }: KeyRecorderProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const replace = useRef<HTMLButtonElement>(null);
  const [pressed, setPressed] = useState<string | null>(null);
  const [problem, setProblem] = useState<KeyProblem | null>(null);
  const conflict = pressed === null ? null : keyConflict(id, pressed, custom, keyPlatform());
  useEffect(() => field.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each other conflict is asked about anew.
  useEffect(() => replace.current?.focus(), [conflict]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== field.current) {
      if (event.key === 'Escape') onClose();
      return;
    }
    // Tab leads on, as everywhere.
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return onClose();
    const chord = chordOf(event.nativeEvent, isMac);
    if (!chord) return;
    const found = keyProblem(chord, keyPlatform());
    const text = formatChord(chord);
    setProblem(found);
    setPressed(found ? null : text);
    if (!found && keyConflict(id, text, custom, keyPlatform()) === null) onRecord(text);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the field in it has the keyboard; the group only hears its Escape.
    <div data-own-keys onKeyDown={onKeyDown} className="flex min-w-0 flex-1 flex-wrap items-center justify-end gap-2">
      <input
        ref={field}
        readOnly
        value={pressed === null ? '' : chordText(pressed, t)}
        placeholder={t('settings.keys.press')}
        aria-label={t('settings.keys.recording', { command: commandTitle(id, t) })}
        aria-describedby={`${id}-keys-note`}
        onBlur={(event) => {
          if (!event.currentTarget.parentElement?.contains(event.relatedTarget)) onClose();
        }}
        className="h-8 w-44 rounded-lg border border-accent bg-canvas px-3 text-center text-xs outline-none ring-3 ring-accent/20 placeholder:text-soft"
      />
      {conflict !== null && (
        <>
          <Button ref={replace} size="sm" variant="primary" onClick={() => pressed !== null && onRecord(pressed)}>
            {t('settings.keys.replace')}
          </Button>
          <Button size="sm" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </>
      )}
      <p
        id={`${id}-keys-note`}
        role="status"
        className={problem || conflict ? 'w-full text-right text-warn text-xs' : 'w-full text-right text-faint text-xs'}
      >
        {problem
          ? problem.problem === 'fixed'
            ? t('settings.keys.problem.fixed', { command: commandTitle(problem.command, t) })
            : t(`settings.keys.problem.${problem.problem}`, { mod: isMac ? '⌘' : t('keyName.mod') })
          : conflict !== null && pressed !== null
            ? t('settings.keys.conflict', { keys: chordText(pressed, t), command: commandTitle(conflict, t) })
            : t('settings.keys.pressHint')}
      </p>
    </div>
  );
}
