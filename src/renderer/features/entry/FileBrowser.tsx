import { FolderOpen, FolderX } from 'lucide-react';
import { type Dispatch, type SetStateAction, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry, EntrySort } from '../../../shared/contract/entry.ts';
import { toMooringError } from '../../../shared/contract/error.ts';
import type { Volume } from '../../../shared/contract/volume.ts';
import { useConnection } from '../../app/connection-store.ts';
import { engine } from '../../app/engine.ts';
import { openVolume } from '../../app/navigation.ts';
import { useShell } from '../../app/shell.ts';
import { useUi } from '../../app/ui-store.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { classNames } from '../../lib/class-names.ts';
import { mountPointToSdPath, parentPath } from '../../lib/entry-path.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useDropTarget } from '../file-operation/use-drop-target.ts';
import { showToast } from '../notification/toast-store.ts';
import { BrowserFooter } from './BrowserFooter.tsx';
import { BrowserToolbar } from './BrowserToolbar.tsx';
import { EntryList } from './EntryList.tsx';
import { useEntries } from './entry-queries.ts';
import { EMPTY_SELECTION, keepExisting, type Selection, select } from './selection.ts';

interface FileBrowserProps {
  volume: Volume;
  /** The open folder; null is the volume's root. */
  path: string | null;
}

/** The files of one volume, one folder at a time, straight from the disk. */
export function FileBrowser({ volume, path }: FileBrowserProps) {
  const { t } = useTranslation();
  const deviceId = useConnection((state) => state.engine?.device.id ?? '');
  const root = mountPointToSdPath(deviceId, volume.mountPoint ?? '/');
  const folder = path ?? root;
  const [sorting, setSorting] = useState<{ sort: EntrySort; order: 'asc' | 'desc' }>({ sort: 'name', order: 'asc' });
  const showHidden = useUi((state) => state.showHidden);
  const listing = useEntries({ path: folder, ...sorting, showHidden });
  const entries = useMemo(() => listing.data?.pages.flatMap((page) => page.items) ?? [], [listing.data]);
  const totalCount = listing.data?.pages[0]?.totalCount ?? 0;
  const [selection, setSelection] = useState<Selection>(EMPTY_SELECTION);
  const openEntry = useOpenEntry(volume.fingerprint);
  const errorText = useErrorText();

  // Another folder starts with nothing selected, or, on the way up, with the folder that one came from; a folder that is
  // read again keeps what is still there.
  const cameFrom = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the folder is what it depends on.
  useEffect(() => setSelection(EMPTY_SELECTION), [folder]);
  useEffect(() => {
    const order = entries.map((entry) => entry.path);
    const child = cameFrom.current;
    if (child !== null && order.includes(child)) {
      cameFrom.current = null;
      setSelection(select(EMPTY_SELECTION, order, child, 'single'));
    } else setSelection((old) => keepExisting(old, order));
  }, [entries]);

  const goUp = useCallback(() => {
    const parent = folder === root ? null : parentPath(folder);
    if (parent === null) return;
    cameFrom.current = folder;
    openVolume(volume.fingerprint, parent === root || `${parent}/` === root ? null : parent);
  }, [folder, root, volume.fingerprint]);
  useUpKeys(goUp);

  const { isOver, dropProps } = useDropTarget({
    folder: volume.isReadOnly ? null : (listing.data?.pages[0]?.folder.path ?? null),
    name: listing.data?.pages[0]?.folder.name ?? volume.name,
  });
  const isComplete = listing.data !== undefined && !listing.hasNextPage;
  // What was read before is no longer there, or cannot be known to be.
  const failed = listing.error !== null && !listing.isFetchNextPageError;
  const selectAll = useSelectAll(entries, isComplete, setSelection);

  return (
    <div className="flex h-full flex-col">
      <BrowserToolbar
        volume={volume}
        root={root}
        folder={folder}
        selection={selection}
        onUp={goUp}
        onRefresh={() => listing.refetch()}
        isRefreshing={listing.isRefetching}
      />
      <div className={classNames('relative min-h-0 flex-1', isOver && 'bg-accent-wash')} {...dropProps}>
        {failed ? (
          <ErrorNotice
            error={listing.error}
            onRetry={() => listing.refetch()}
            isRetrying={listing.isFetching}
            action={folder !== root && <Button onClick={goUp}>{t('browser.up')}</Button>}
          />
        ) : listing.isPending ? (
          <ListSkeleton />
        ) : entries.length === 0 ? (
          <EmptyState
            icon={FolderOpen}
            title={t('browser.empty')}
            text={t('browser.emptyText')}
            action={folder !== root && <Button onClick={goUp}>{t('browser.up')}</Button>}
          />
        ) : (
          <EntryList
            entries={entries}
            totalCount={totalCount}
            sorting={sorting}
            onSort={setSorting}
            selection={selection}
            onSelect={setSelection}
            onOpen={openEntry}
            onUp={goUp}
            onSelectAll={selectAll}
            canReceive={!volume.isReadOnly}
          />
        )}
        {listing.isFetchNextPageError && (
          <div
            role="alert"
            className="absolute inset-x-4 bottom-3 flex items-center gap-2 rounded-lg bg-bad-wash py-1.5 pr-1.5 pl-3 text-bad"
          >
            <FolderX aria-hidden className="size-4 shrink-0" />
            <span className="min-w-0 flex-1">{errorText(listing.error)}</span>
            <Button size="sm" onClick={() => listing.fetchNextPage()}>
              {t('common.retry')}
            </Button>
          </div>
        )}
      </div>
      {listing.data && !failed && <BrowserFooter entries={entries} totalCount={totalCount} isComplete={isComplete} selection={selection} />}
    </div>
  );
}

/** Selects every entry, also those that are still being loaded: a copy of “everything” must never be a copy of the first page. */
function useSelectAll(entries: readonly Entry[], isComplete: boolean, onSelect: Dispatch<SetStateAction<Selection>>): () => void {
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    if (!isWanted || !isComplete) return;
    setWanted(false);
    onSelect((old) => ({ ...old, paths: new Set(entries.map((entry) => entry.path)) }));
  }, [isWanted, isComplete, entries, onSelect]);
  return useCallback(() => setWanted(true), []);
}

/** Backspace and Alt+Up also where no list has the focus: in an empty folder, or one that cannot be read. */
function useUpKeys(goUp: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isFree = event.target === document.body || event.target instanceof HTMLButtonElement;
      const isUp = event.key === 'Backspace' || (event.altKey && event.key === 'ArrowUp');
      if (!isFree || !isUp) return;
      event.preventDefault();
      goUp();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [goUp]);
}

/** Folders, and links to folders, open here. A file opens in its own program where there is a desktop to do that. */
function useOpenEntry(fingerprint: string) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const shell = useShell((state) => state.client);
  return useCallback(
    async (entry: Entry) => {
      if (entry.kind === 'folder' || (entry.kind === 'symlink' && !(await leadsToFile(entry)))) return openVolume(fingerprint, entry.path);
      shell?.openPath({ path: entry.path }).catch((error: unknown) => {
        showToast({ tone: 'bad', title: t('browser.openFailed', { name: entry.name }), text: errorText(error) });
      });
    },
    [fingerprint, shell, t, errorText],
  );
}

/** A link that leads nowhere counts as a folder: opening it says what is wrong. */
async function leadsToFile(link: Entry): Promise<boolean> {
  return engine.entries.list({ path: link.path, limit: 1 }).then(
    () => false,
    (error: unknown) => toMooringError(error).code === 'NOT_A_FOLDER',
  );
}

function ListSkeleton() {
  return (
    <div aria-hidden className="animate-pulse space-y-3 px-7 pt-12">
      {[62, 48, 71, 40, 55, 66, 44].map((width) => (
        <div key={width} className="flex gap-3">
          <div className="size-4.5 rounded bg-track" />
          <div className="h-4.5 rounded bg-track" style={{ width: `${width / 2}%` }} />
        </div>
      ))}
    </div>
  );
}
