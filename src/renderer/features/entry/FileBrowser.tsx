import type { TFunction } from 'i18next';
import { FolderOpen } from 'lucide-react';
import { type Dispatch, type SetStateAction, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry, EntrySort } from '../../../shared/contract/entry.ts';
import { toMooringError } from '../../../shared/contract/error.ts';
import { engine } from '../../app/engine.ts';
import { useShell } from '../../app/shell.ts';
import { useUi } from '../../app/ui-store.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { ContextActions } from '../../components/Menu.tsx';
import { classNames } from '../../lib/class-names.ts';
import { parentPath, pathBelow } from '../../lib/entry-path.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useFolderScope, useRouteScope, useUpScope } from '../file-operation/file-scope.ts';
import { useDropTarget } from '../file-operation/use-drop-target.ts';
import { showToast } from '../notification/toast-store.ts';
import { usePaneId } from '../workspace/workspace-store.ts';
import { BrowserFooter } from './BrowserFooter.tsx';
import { BrowserToolbar } from './BrowserToolbar.tsx';
import type { BrowserPlace } from './browser-place.ts';
import { EntryList } from './EntryList.tsx';
import { FOLDER_LAYOUT } from './entry-layout.ts';
import { useEntries } from './entry-queries.ts';
import { useKeptList } from './kept-place.ts';
import { ListSkeleton } from './ListSkeleton.tsx';
import { NextPageError } from './NextPageError.tsx';
import { useReveal } from './reveal-store.ts';
import { EMPTY_SELECTION, type Selection, select } from './selection.ts';
import { useFolderMenu } from './use-folder-menu.ts';
import { useWhenComplete } from './use-when-complete.ts';

interface FileBrowserProps {
  place: BrowserPlace;
  /** The open folder, in or at the root of the place. */
  folder: string;
}

/** The files of one place, one folder at a time: from the index where there is one, else straight from the disk. */
export function FileBrowser({ place, folder }: FileBrowserProps) {
  const { t } = useTranslation();
  const [sorting, setSorting] = useState<{ sort: EntrySort; order: 'asc' | 'desc' }>({ sort: 'name', order: 'asc' });
  const showHidden = useUi((state) => state.showHidden);
  const listing = useEntries({ path: folder, ...sorting, showHidden });
  const { entries, totalCount, isComplete } = listing;
  const list = useKeptList({ of: folder, entries, isComplete });
  const { selection, setSelection } = list;
  const openEntry = useOpenEntry(place);
  const isRoot = pathBelow(folder, place.root) === '';

  // On the way up, a folder starts with the one selected that one came from.
  const cameFrom = useRef<string | null>(null);
  useEffect(() => {
    const child = cameFrom.current;
    if (entries.length > 0) cameFrom.current = null;
    if (child !== null && entries.some((entry) => entry.path === child)) setSelection(select(EMPTY_SELECTION, [], child, 'single'));
  }, [entries, setSelection]);

  const goUp = useCallback(() => {
    const parent = isRoot ? null : parentPath(folder);
    if (parent === null) return;
    cameFrom.current = folder;
    place.open(parent);
  }, [folder, isRoot, place]);
  useUpScope(goUp, isRoot);
  useRouteScope(place.routeTo);

  const isAway = useCallback(() => place.isOffline, [place]);
  const canReceive = !place.isReadOnly && !place.isOffline;
  const { isOver, dropProps } = useReceivingFolder(place, isRoot, canReceive ? listing.folder?.folder : undefined);
  const folderMenu = useFolderMenu(() => void listing.refetch());
  useRevealed(folder, entries, isComplete && !listing.isFetching, listing.loadAll, setSelection);
  // What was read before is no longer there, or cannot be known to be.
  const failed = listing.error !== null && !listing.isFetchNextPageError;
  const whenComplete = useWhenComplete(entries, isComplete, listing.loadAll, setSelection);
  const upButton = !isRoot && <Button onClick={goUp}>{t('browser.up')}</Button>;

  return (
    <div className="flex h-full flex-col">
      <BrowserToolbar
        place={place}
        folder={folder}
        isRoot={isRoot}
        selection={selection}
        onUp={goUp}
        onRefresh={() => listing.refetch()}
        isRefreshing={listing.isRefetching}
      />
      <div className={classNames('relative min-h-0 flex-1', isOver && 'bg-accent-wash')} {...dropProps}>
        {failed ? (
          <ErrorNotice
            error={listing.error}
            title={titleOf(listing.error, t)}
            onRetry={() => listing.refetch()}
            isRetrying={listing.isFetching}
            action={upButton}
          />
        ) : listing.isPending ? (
          <ListSkeleton />
        ) : entries.length === 0 ? (
          <ContextActions items={folderMenu}>
            <div className="h-full">
              <EmptyState
                icon={FolderOpen}
                title={t('browser.empty')}
                text={canReceive ? t('browser.emptyText') : undefined}
                action={upButton}
              />
            </div>
          </ContextActions>
        ) : (
          <EntryList
            key={folder}
            label={t('browser.list')}
            layout={FOLDER_LAYOUT}
            entries={entries}
            totalCount={totalCount}
            place={list.place}
            sorting={sorting}
            onSort={setSorting}
            selection={selection}
            onSelect={setSelection}
            onOpen={openEntry}
            onSelectAll={whenComplete.selectAll}
            onEnd={whenComplete.goToEnd}
            onShow={listing.showUpTo}
            canReceive={canReceive}
            isAway={isAway}
            folderMenu={folderMenu}
          />
        )}
        {listing.isFetchNextPageError && <NextPageError error={listing.error} onRetry={() => listing.fetchNextPage()} />}
      </div>
      {listing.folder && !failed && (
        <BrowserFooter
          place={place}
          folder={listing.folder.folder}
          entries={entries}
          totalCount={totalCount}
          isLoading={listing.isFetchingNextPage}
          selection={selection}
        />
      )}
    </div>
  );
}

/** What is dropped beside the rows, pasted or made here goes into the open folder. @param folder undefined while it takes nothing */
function useReceivingFolder(place: BrowserPlace, isRoot: boolean, folder: Entry | undefined) {
  const name = isRoot || !folder ? place.name : folder.name;
  const target = { name, fingerprint: folder?.volumeFingerprint ?? place.fingerprint };
  useFolderScope(folder ? { ...target, folder: folder.path } : null);
  return useDropTarget({ ...target, folder: folder?.path ?? null });
}

/** Selects what is to be shown of this folder, however far down its list it is. */
function useRevealed(
  folder: string,
  entries: readonly Entry[],
  isComplete: boolean,
  loadAll: () => void,
  onSelect: Dispatch<SetStateAction<Selection>>,
): void {
  const paneId = usePaneId();
  const { path, isComing, paneId: toldTo } = useReveal();
  const wanted = toldTo === paneId ? path : null;
  useEffect(() => {
    if (wanted === null) return;
    const isThere = entries.some((entry) => entry.path === wanted);
    if (isThere) onSelect(select(EMPTY_SELECTION, [], wanted, 'single'));
    if (isThere || (isComplete && !isComing)) useReveal.setState({ path: null, isComing: false });
    else if (!isComplete) loadAll();
  }, [wanted, isComing, entries, isComplete, loadAll, onSelect]);
  // What never came, since it is hidden, is not waited for in other folders.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the folder is what it depends on.
  useEffect(
    () => () => useReveal.setState((told) => (told.isComing && told.paneId === paneId ? { path: null, isComing: false } : told)),
    [folder],
  );
}

/** Undefined where nothing better can be said than that it did not work. */
function titleOf(error: unknown, t: TFunction): string | undefined {
  return toMooringError(error).code === 'PATH_NOT_FOUND' ? t('browser.gone') : undefined;
}

/** Folders, and links to folders, open here. A file opens in its own program where there is a desktop to do that. */
function useOpenEntry(place: BrowserPlace) {
  const { t } = useTranslation();
  const shell = useShell((state) => state.client);
  const errorText = useErrorText();
  return useCallback(
    async (entry: Entry) => {
      if (entry.kind === 'folder') return place.open(entry.path);
      if (place.isOffline) {
        const title = t('browser.offlineOpen', { name: entry.name, volume: place.volumeName });
        return showToast({ tone: 'neutral', title, text: t('browser.offlineOpenText') });
      }
      if (entry.kind === 'symlink' && !(await leadsToFile(entry))) return place.open(entry.path);
      shell?.openPath({ path: entry.path }).catch((error: unknown) => {
        showToast({ tone: 'bad', title: t('browser.openFailed', { name: entry.name }), text: errorText(error) });
      });
    },
    [place, shell, t, errorText],
  );
}

/** A link that leads nowhere counts as a folder: opening it says what is wrong. */
async function leadsToFile(link: Entry): Promise<boolean> {
  return engine.entries.list({ path: link.path, limit: 1 }).then(
    () => false,
    (error: unknown) => toMooringError(error).code === 'NOT_A_FOLDER',
  );
}
