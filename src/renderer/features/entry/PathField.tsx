// biome-ignore-all lint/a11y/useFocusableInteractive: the field has the focus and names what is chosen of the list.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the field has the keys.
// biome-ignore-all lint/a11y/useSemanticElements: a <select> cannot be filled while one writes.
import { CircleAlert, Folder, HardDrive } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../../app/connection-store.ts';
import { Spinner } from '../../components/Spinner.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useLocations } from '../location/location-queries.ts';
import { useReadableAddress } from '../volume/use-readable-address.ts';
import { useVolumes } from '../volume/volume-queries.ts';
import { focusPane } from '../workspace/focus-pane.ts';
import { usePaneId } from '../workspace/workspace-store.ts';
import type { BrowserPlace } from './browser-place.ts';
import { goToPath } from './go-to-path.ts';
import { readTypedPath } from './typed-path.ts';
import { usePathCompletion } from './use-path-completion.ts';

interface PathFieldProps {
  place: BrowserPlace;
  folder: string;
  onClose: () => void;
}

/** The path as text: written, pasted, completed; Enter goes there, Escape gives up. */
export function PathField({ place, folder, onClose }: PathFieldProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const readable = useReadableAddress();
  const paneId = usePaneId();
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(() => readable(folder));
  const [isTouched, setTouched] = useState(false);
  const [active, setActive] = useState(-1);
  const [error, setError] = useState<unknown>(null);
  const [isGoing, setGoing] = useState(false);
  const volumes = useVolumes().data?.items ?? [];
  const locations = useLocations().data?.items ?? [];
  const deviceId = useConnection((state) => state.engine?.device.id ?? '');
  const context = { folder, volumes, locations, deviceId };
  const items = usePathCompletion(text, context, isTouched && !isGoing && error === null);
  const isListShown = items.length > 0;

  useEffect(() => field.current?.select(), []);

  const write = (value: string) => {
    setText(value);
    setTouched(true);
    setActive(-1);
    setError(null);
  };
  const leave = () => {
    onClose();
    focusPane(paneId);
  };
  const go = async (value: string) => {
    if (value.trim() === '') return leave();
    setText(value);
    setGoing(true);
    try {
      await goToPath(readTypedPath(value, context), place, paneId);
      leave();
    } catch (problem) {
      setError(problem);
    } finally {
      setGoing(false);
    }
  };
  const complete = (index: number) => {
    const item = items[index];
    if (item) write(`${item.text}/`);
  };
  const step = (by: 1 | -1) => setActive(((active + 1 + by + items.length + 1) % (items.length + 1)) - 1);

  const keys: Record<string, (() => unknown) | undefined> = {
    Enter: () => void go(items[active]?.text ?? text),
    Escape: isListShown && active >= 0 ? () => setActive(-1) : leave,
    ArrowDown: isListShown ? () => step(1) : () => setTouched(true),
    ArrowUp: isListShown ? () => step(-1) : undefined,
    Tab: isListShown ? () => complete(Math.max(active, 0)) : undefined,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const run = keys[event.key];
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  return (
    <div className="relative min-w-0 flex-1">
      <div className="flex h-7.5 items-center rounded-lg border border-accent bg-canvas pr-2 ring-3 ring-accent/20">
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label={t('path.field')}
          aria-expanded={isListShown}
          aria-controls={isListShown ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={isListShown && active >= 0 ? `${listId}-${active}` : undefined}
          aria-invalid={error !== null || undefined}
          aria-describedby={error === null ? undefined : `${listId}-error`}
          value={text}
          maxLength={16_384}
          spellCheck={false}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          enterKeyHint="go"
          // biome-ignore lint/a11y/noAutofocus: the user has just asked to type here.
          autoFocus
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => !isGoing && onClose()}
          className="h-full min-w-0 flex-1 bg-transparent px-2.5 text-sm outline-none"
        />
        {isGoing && <Spinner className="size-3.5 text-faint" />}
      </div>
      {error !== null && (
        <p
          id={`${listId}-error`}
          role="alert"
          className="absolute inset-x-0 top-full z-40 mt-1.5 flex items-start gap-2 rounded-xl bg-raised px-3 py-2 text-bad text-sm shadow-float"
        >
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 break-words">{errorText(error)}</span>
        </p>
      )}
      {isListShown && (
        <div
          id={listId}
          role="listbox"
          aria-label={t('path.completions')}
          // The field keeps the focus, also while the list is scrolled.
          onMouseDown={(event) => event.preventDefault()}
          className="absolute inset-x-0 top-full z-40 mt-1.5 max-h-84 animate-appear overflow-y-auto rounded-xl bg-raised p-1 text-sm shadow-float"
        >
          {items.map(({ name, text: whole, kind }, index) => {
            const Icon = kind === 'folder' ? Folder : HardDrive;
            return (
              <div
                // biome-ignore lint/suspicious/noArrayIndexKey: two drives may have one name.
                key={index}
                id={`${listId}-${index}`}
                role="option"
                aria-selected={index === active}
                onMouseMove={() => index !== active && setActive(index)}
                onClick={() => void go(whole)}
                className={classNames('flex h-7.5 items-center gap-2.5 rounded-lg px-2.5', index === active && 'bg-hover')}
              >
                <Icon aria-hidden className="size-4 shrink-0 text-soft" strokeWidth={1.8} />
                <bdi className="min-w-0 flex-1 truncate">{displayName(name)}</bdi>
              </div>
            );
          })}
        </div>
      )}
    </div>
  );
}
