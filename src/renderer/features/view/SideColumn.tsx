import { ChevronRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry, EntrySort } from '../../../shared/contract/entry.ts';
import { useUi } from '../../app/ui-store.ts';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { useDropTarget } from '../file-operation/use-drop-target.ts';
import { useConfig } from '../settings/settings-queries.ts';
import { EntryIcon } from './EntryIcon.tsx';
import type { Sorting } from './entry-view.ts';
import { RowLayer } from './RowLayer.tsx';
import { layerStart } from './row-layer.ts';
import { useDensity } from './use-density.ts';
import { useFolderRows } from './use-folder-rows.ts';
import { useRowWindow } from './use-row-window.ts';

const ROW_HEIGHT = { comfortable: 30, compact: 24 };
const TOP = 6;

interface SideColumnProps {
  /** Its address. */
  folder: string;
  /** What it is called. */
  name: string;
  sorting: Sorting<EntrySort>;
  /** The entry in it that leads to the open folder. */
  current: string | null;
  onPick: (entry: Entry) => void;
  canReceive: boolean;
}

/** A folder beside the open one: for the mouse. By the keyboard one goes there with the arrows. */
export function SideColumn({ folder, name, sorting, current, onPick, canReceive }: SideColumnProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const showHidden = useUi((state) => state.showHidden);
  const foldersFirst = useConfig()?.explorer.foldersFirst ?? true;
  const { rows, error, isSuccess } = useFolderRows({ path: folder, ...sorting, foldersFirst, showHidden });
  const rowHeight = ROW_HEIGHT[useDensity()];
  const shown = useRowWindow(frame, { count: rows.count, rowHeight, above: TOP });
  const { show } = rows;
  useEffect(() => show(shown.top, shown.bottom), [show, shown.top, shown.bottom]);
  const { scrollTo } = shown;
  const wasShown = useRef<string | null>(null);
  useEffect(() => {
    if (!isSuccess || current === null || wasShown.current === current) return;
    wasShown.current = current;
    rows.locate(current).then((index) => index >= 0 && scrollTo(index), ignoreUnread);
  }, [isSuccess, current, rows, scrollTo]);
  const indexes = Array.from({ length: Math.max(0, shown.last - shown.first + 1) }, (_, place) => shown.first + place);
  const layer = layerStart(shown.first * rowHeight);
  return (
    <section
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled can be scrolled by the keyboard.
      tabIndex={0}
      aria-label={t('view.openColumn', { name: displayName(name) })}
      className="h-full overflow-y-auto px-1.5 outline-offset-[-2px]"
    >
      <InlineError error={error} />
      {isSuccess && rows.count === 0 && <p className="py-6 text-center text-faint text-xs">{t('browser.empty')}</p>}
      <div className="relative" style={{ height: rows.count * rowHeight + 2 * TOP }}>
        <RowLayer start={layer}>
          <ul>
            {indexes.map((index) => {
              const entry = rows.at(index);
              if (!entry) return null;
              return (
                <li key={entry.path} className="absolute inset-x-0" style={{ top: TOP + index * rowHeight - layer, height: rowHeight }}>
                  <SideEntry entry={entry} isCurrent={entry.path === current} onPick={onPick} canReceive={canReceive} />
                </li>
              );
            })}
          </ul>
        </RowLayer>
      </div>
    </section>
  );
}

/** The column itself says what could not be read. */
const ignoreUnread = () => undefined;

type SideEntryProps = Pick<SideColumnProps, 'onPick' | 'canReceive'> & { entry: Entry; isCurrent: boolean };

function SideEntry({ entry, isCurrent, onPick, canReceive }: SideEntryProps) {
  const { isOver, dropProps } = useDropTarget({
    folder: canReceive && entry.kind === 'folder' ? entry.path : null,
    name: entry.name,
    fingerprint: entry.volumeFingerprint,
    onSpring: () => onPick(entry),
  });
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-current={isCurrent || undefined}
      onClick={() => onPick(entry)}
      className={classNames(
        'flex size-full items-center gap-2.5 rounded-lg px-3 text-left',
        isOver ? 'bg-accent text-on-accent' : isCurrent ? 'bg-pressed' : 'hover:bg-hover',
      )}
      {...dropProps}
    >
      <EntryIcon entry={entry} className="size-4.5" isPlain={isOver} />
      <Name className={classNames('min-w-0 flex-1 truncate', entry.isHidden && !isOver && 'text-soft')}>{entry.name}</Name>
      {entry.kind === 'folder' && <ChevronRight aria-hidden className="size-3.5 shrink-0 text-faint" />}
    </button>
  );
}
