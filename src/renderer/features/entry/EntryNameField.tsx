import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { joinAddress } from '../../../shared/sd-path.ts';
import { engine } from '../../app/engine.ts';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { parentPath } from '../../lib/entry-path.ts';
import { splitName } from '../../lib/split-name.ts';
import { errorText } from '../../lib/use-error-text.ts';
import { stopRenaming } from '../file-operation/rename-store.ts';
import { revealMade } from './reveal-store.ts';

/**
 * In place of a name while it is written anew, its stem selected. Enter and leaving the field take it over, Escape does not; what the
 * engine refuses stays in the field, with the reason.
 */
export function EntryNameField({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(entry.name);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const leave = () => {
    // The list has the keyboard again before the field is gone.
    field.current?.closest<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true });
    stopRenaming();
  };
  const rename = async () => {
    if (isBusy) return;
    if (name === entry.name || name.trim() === '') return leave();
    setBusy(true);
    try {
      await engine.actions.run({ action: { type: 'file.rename', items: [{ path: entry.path, name }] } });
      const parent = parentPath(entry.path);
      if (parent !== null) revealMade(joinAddress(parent, name));
      leave();
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
      field.current?.focus();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') leave();
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) void rename();
  };
  const selectStem = (event: FocusEvent<HTMLInputElement>) => {
    const end = entry.kind === 'folder' ? entry.name.length : splitName(entry.name).stem.length;
    event.target.setSelectionRange(0, end);
  };
  return (
    <span className="relative min-w-0 flex-1">
      <input
        ref={field}
        // biome-ignore lint/a11y/noAutofocus: it takes the place of what had the keyboard.
        autoFocus
        aria-label={t('file.newName', { name: displayName(entry.name) })}
        aria-invalid={problem !== null || undefined}
        spellCheck={false}
        autoComplete="off"
        readOnly={isBusy}
        value={name}
        onFocus={selectStem}
        onBlur={() => (problem === null ? void rename() : leave())}
        onChange={(event) => {
          setName(event.target.value);
          setProblem(null);
        }}
        onKeyDown={onKeyDown}
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
        className={classNames(
          '-ml-1.5 h-6 w-full rounded-md border bg-canvas px-1.25 text-ink text-sm focus-visible:outline-offset-0',
          problem === null ? 'border-accent' : 'border-bad outline-(--bad)',
        )}
      />
      {problem !== null && (
        <span
          role="alert"
          className="absolute top-full left-0 z-20 mt-1 max-w-96 rounded-lg bg-raised px-3 py-1.5 text-bad text-xs leading-4.5 shadow-float"
        >
          {problem}
        </span>
      )}
    </span>
  );
}
