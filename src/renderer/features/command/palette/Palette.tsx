import { Command } from 'cmdk';
import { Search, Unplug } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatChord } from '../../../../shared/key-chord.ts';
import { Name } from '../../../components/Name.tsx';
import { Spinner } from '../../../components/Spinner.tsx';
import { isMac } from '../../../lib/platform.ts';
import { chordOf } from '../event-chord.ts';
import { Keys } from '../Keys.tsx';
import { shortcutsOf } from '../shortcuts.ts';
import type { PaletteItem, PaletteKind } from './palette-item.ts';
import { PALETTE_KINDS } from './palette-item.ts';
import { COMMANDS_ONLY, usePalette } from './palette-store.ts';
import { rankItems } from './rank-items.ts';
import { useUsage } from './usage-store.ts';
import { useFoundFiles } from './use-found-files.tsx';
import { usePaletteItems } from './use-palette-items.tsx';

/** Before something is typed, so many of each kind show. */
const MOST_UNASKED: Partial<Record<PaletteKind, number>> = { setting: 0, command: 7, recent: 6 };
/** Afterwards, so many. */
const MOST_OF_KIND = 12;

/** Everything that can be done or opened, by a few letters of its name. */
export function Palette() {
  const isOpen = usePalette((state) => state.isOpen);
  return isOpen ? <OpenPalette /> : null;
}

function OpenPalette() {
  const { t } = useTranslation();
  const { text, close } = usePalette();
  const [origin] = useState(() => document.activeElement);
  // What is chosen is done when the keyboard is where it was before: it may be about that.
  const chosen = useRef<PaletteItem | null>(null);
  const groups = useGroups(text);
  const choose = (item: PaletteItem) => {
    chosen.current = item;
    useUsage.getState().note(item.key);
    close();
  };
  const finish = (event: Event) => {
    event.preventDefault();
    if (origin instanceof HTMLElement) origin.focus({ preventScroll: true });
    chosen.current?.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chord = chordOf(event.nativeEvent, isMac);
    if (!chord || !shortcutsOf('app.palette').includes(formatChord(chord))) return;
    event.preventDefault();
    close();
  };
  return (
    <Dialog.Root open onOpenChange={(isStillOpen) => !isStillOpen && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 animate-[appear_120ms_ease-out] bg-[#0a1420]/25 dark:bg-black/45" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={finish}
          onKeyDown={onKeyDown}
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-32px)] max-w-160 -translate-x-1/2 animate-[appear_140ms_cubic-bezier(0.2,0.8,0.2,1)] overflow-hidden rounded-2xl bg-raised shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">{t('palette.title')}</Dialog.Title>
          <Command shouldFilter={false} loop label={t('palette.title')}>
            <div className="flex h-13 items-center gap-3 border-line border-b px-4.5">
              <Search aria-hidden className="size-4.5 shrink-0 text-faint" strokeWidth={1.9} />
              <Command.Input
                value={text}
                onValueChange={(next) => usePalette.setState({ text: next })}
                placeholder={t('palette.placeholder')}
                maxLength={200}
                className="h-full min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint"
              />
              {groups.isSearching && <Spinner className="size-4 text-faint" />}
            </div>
            <Command.List
              label={t('palette.list')}
              className="max-h-[min(56vh,440px)] scroll-py-2 overflow-y-auto overscroll-contain px-2 pb-2"
            >
              <Command.Empty className="py-12 text-center text-soft">{t('palette.nothing')}</Command.Empty>
              {groups.items.map(({ kind, items }) => (
                <Command.Group
                  key={kind}
                  heading={t(`palette.kind.${kind}`)}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-faint"
                >
                  {items.map((item) => (
                    <Line key={item.key} item={item} onChoose={choose} />
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
          <Hints />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What fits the text; files are those that the search found last. */
function useGroups(text: string): { items: { kind: PaletteKind; items: PaletteItem[] }[]; isSearching: boolean } {
  const all = usePaletteItems();
  const recent = useUsage((state) => state.recent);
  const isCommandsOnly = text.startsWith(COMMANDS_ONLY);
  const wanted = isCommandsOnly ? text.slice(COMMANDS_ONLY.length) : text;
  const files = useFoundFiles(useDeferredValue(isCommandsOnly ? '' : wanted));
  const items = useMemo(() => {
    const candidates = isCommandsOnly ? all.filter(({ kind }) => kind === 'command') : all;
    const ranked = rankItems(candidates, wanted, recent).flatMap((group) => {
      const kind = PALETTE_KINDS.find((name) => name === group.kind);
      const most =
        wanted.trim() === '' && !isCommandsOnly && kind ? (MOST_UNASKED[kind] ?? MOST_OF_KIND) : isCommandsOnly ? 100 : MOST_OF_KIND;
      return kind && most > 0 ? [{ kind, items: group.items.slice(0, most) }] : [];
    });
    return files.items.length > 0 ? [...ranked, { kind: 'file' as const, items: files.items }] : ranked;
  }, [all, recent, wanted, isCommandsOnly, files.items]);
  return { items, isSearching: files.isSearching };
}

function Line({ item, onChoose }: { item: PaletteItem; onChoose: (item: PaletteItem) => void }) {
  const { t } = useTranslation();
  return (
    <Command.Item
      value={item.key}
      onSelect={() => onChoose(item)}
      className="flex h-9.5 items-center gap-3 rounded-lg px-2.5 outline-none data-[selected=true]:bg-selected"
    >
      <span aria-hidden className="flex size-5.5 shrink-0 items-center justify-center text-soft">
        {item.picture}
      </span>
      <Name className="min-w-0 shrink truncate font-medium" matches={item.matches}>
        {item.label}
      </Name>
      {item.detail !== undefined && <Name className="min-w-0 flex-1 truncate text-soft text-xs">{item.detail}</Name>}
      {item.isAway && (
        <span className="flex shrink-0 items-center gap-1 text-faint text-xs">
          <Unplug aria-hidden className="size-3" />
          {t('browser.away')}
        </span>
      )}
      {item.chord !== undefined && <Keys chord={item.chord} />}
    </Command.Item>
  );
}

function Hints() {
  const { t } = useTranslation();
  return (
    <div aria-hidden className="flex h-9 items-center gap-4 border-line border-t bg-sunken px-4 text-2xs text-faint">
      {(['ArrowDown', 'Enter', 'Escape'] as const).map((key) => (
        <span key={key} className="flex items-center gap-1.5">
          <Keys chord={key} />
          {t(`palette.hint.${key}`)}
        </span>
      ))}
      <span className="ml-auto">{t('palette.hint.commands')}</span>
    </div>
  );
}
