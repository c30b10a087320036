import type { TFunction } from 'i18next';
import { FolderOpen } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { toMooringError } from '../../../shared/contract/error.ts';
import { useUi } from '../../app/ui-store.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { ContextActions } from '../../components/Menu.tsx';
import { classNames } from '../../lib/class-names.ts';
import { parentPath, pathBelow } from '../../lib/entry-path.ts';
import { useFolderScope, useRouteScope, useUpScope, useViewScope } from '../file-operation/file-scope.ts';
import { useDropTarget } from '../file-operation/use-drop-target.ts';
import { useConfig } from '../settings/settings-queries.ts';
import { FolderContents } from '../view/FolderContents.tsx';
import { selectedIn } from '../view/use-entry-view.ts';
import { useFolderRows } from '../view/use-folder-rows.ts';
import { useSelecting } from '../view/use-selecting.ts';
import { useFolderView, useVolumeAddress } from '../view/view-store.ts';
import { BrowserFooter } from './BrowserFooter.tsx';
import { BrowserToolbar } from './BrowserToolbar.tsx';
import type { BrowserPlace } from './browser-place.ts';
import { useKeptList } from './kept-place.ts';
import { ListSkeleton } from './ListSkeleton.tsx';
import { NextPageError } from './NextPageError.tsx';
import { reveal } from './reveal-store.ts';
import { useFolderMenu } from './use-folder-menu.ts';
import { useOpenEntry } from './use-open-entry.ts';
import { useRevealed } from './use-revealed.ts';

interface FileBrowserProps {
  place: BrowserPlace;
  /** The open folder, in or at the root of the place. */
  folder: string;
}

/** The files of one place, one folder at a time: from the index where there is one, else straight from the disk. */
export function FileBrowser({ place, folder }: FileBrowserProps) {
  const { t } = useTranslation();
  const lasting = useVolumeAddress(place, folder);
  const controls = useFolderView(lasting, useVolumeAddress(place, place.root));
  const { view, change } = controls;
  const { sort, order } = view;
  const showHidden = useUi((state) => state.showHidden);
  const foldersFirst = useConfig()?.explorer.foldersFirst ?? true;
  const listing = useFolderRows({ path: folder, sort, order, foldersFirst, showHidden }, lasting);
  const { rows } = listing;
  const list = useKeptList({ of: lasting, rows, base: listing.folder?.path ?? null, isStale: listing.isStale });
  const { selection, setSelection } = list;
  const openEntry = useOpenEntry(place);
  const isRoot = pathBelow(folder, place.root) === '';

  const goUp = useCallback(() => {
    const parent = isRoot ? null : parentPath(folder);
    if (parent === null) return;
    // A folder starts with the one selected that one came from.
    reveal(folder);
    place.open(parent);
  }, [folder, isRoot, place]);
  useUpScope(goUp, isRoot);
  useRouteScope(place.routeTo);

  const isAway = useCallback(() => place.isOffline, [place]);
  const canReceive = !place.isReadOnly && !place.isOffline;
  const { isOver, dropProps } = useReceivingFolder(place, isRoot, canReceive ? listing.folder : null);
  const folderMenu = useFolderMenu(() => void listing.refetch());
  useRevealed({ folder, rows, isRead: listing.isSuccess && !listing.isFetching && !listing.isStale, onSelect: setSelection });
  const { selectAll, invertSelection } = useSelecting(rows, selection, setSelection);
  useViewScope({ controls, rows, select: setSelection, invert: invertSelection });
  const chosen = useMemo(() => selectedIn({ rows, selection }), [rows, selection]);
  // What was read before is no longer there, or cannot be known to be.
  const failed = listing.error !== null;
  const upButton = !isRoot && <Button onClick={goUp}>{t('browser.up')}</Button>;
  const empty = (
    <ContextActions items={folderMenu}>
      <div className="h-full">
        <EmptyState icon={FolderOpen} title={t('browser.empty')} text={canReceive ? t('browser.emptyText') : undefined} action={upButton} />
      </div>
    </ContextActions>
  );

  return (
    <div className="flex h-full flex-col">
      <BrowserToolbar
        place={place}
        folder={folder}
        isRoot={isRoot}
        selection={selection}
        controls={controls}
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
        ) : listing.isPending && view.kind !== 'columns' ? (
          <ListSkeleton />
        ) : (
          <FolderContents
            label={t('browser.list')}
            browserPlace={place}
            controls={controls}
            empty={empty}
            path={folder}
            lasting={lasting}
            folder={listing.folder}
            rows={rows}
            isRead={listing.isSuccess}
            place={list.place}
            sorting={{ sort, order }}
            onSort={change}
            selection={selection}
            onSelect={setSelection}
            onOpen={openEntry}
            onSelectAll={selectAll}
            canReceive={canReceive}
            isAway={isAway}
            folderMenu={folderMenu}
          />
        )}
        {listing.pageError !== null && !failed && <NextPageError error={listing.pageError} onRetry={listing.retryPage} />}
      </div>
      {listing.folder && !failed && (
        <BrowserFooter
          place={place}
          folder={listing.folder}
          chosen={chosen}
          totalCount={rows.count}
          controls={controls}
          selection={selection}
        />
      )}
    </div>
  );
}

/** What is dropped beside the rows, pasted or made here goes into the open folder. @param folder null while it takes nothing */
function useReceivingFolder(place: BrowserPlace, isRoot: boolean, folder: Entry | null) {
  const name = isRoot || !folder ? place.name : folder.name;
  const target = { name, fingerprint: folder?.volumeFingerprint ?? place.fingerprint };
  useFolderScope(folder ? { ...target, folder: folder.path } : null);
  return useDropTarget({ ...target, folder: folder?.path ?? null });
}

/** Undefined where nothing better can be said than that it did not work. */
function titleOf(error: unknown, t: TFunction): string | undefined {
  return toMooringError(error).code === 'PATH_NOT_FOUND' ? t('browser.gone') : undefined;
}
