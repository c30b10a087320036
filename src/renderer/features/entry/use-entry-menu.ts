import { ClipboardPaste, FolderOpen, FolderPlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { openLocation } from '../../app/navigation.ts';
import { useShell } from '../../app/shell.ts';
import type { MenuItem } from '../../components/menu-item.ts';
import { commandItem, commandMenu } from '../command/command-item.ts';
import { pasteFiles, useFileClipboard } from '../file-operation/file-clipboard.ts';
import { useFileScope } from '../file-operation/file-scope.ts';
import { useLocations } from '../location/location-queries.ts';
import { isSplit } from '../workspace/tab-commands.ts';

/**
 * The menu of a row, which is selected by then: of everything that is. What needs the drive says so while it is away.
 * @param opening what opening it means in this list; left out: that it opens
 */
export function useEntryMenu(entry: Entry | undefined, onOpen: (entry: Entry) => void, opening: MenuItem[] | undefined): () => MenuItem[] {
  const { t } = useTranslation();
  const locations = useLocations().data?.items;
  if (!entry) return () => [];
  const location = locations?.find(({ path }) => path === entry.path);
  return () => {
    const { chosen, isAway } = useFileScope.getState();
    const isAlone = chosen().length === 1;
    const isFolder = entry.kind === 'folder';
    const isDesktop = useShell.getState().client !== null;
    const open: MenuItem = {
      label: t('browser.open'),
      icon: FolderOpen,
      isDisabled: !isFolder && (isAway() || entry.kind === 'other'),
      note: !isFolder && isAway() ? t('browser.away') : undefined,
      onSelect: () => onOpen(entry),
    };
    const hasClipboard = useFileClipboard.getState().sources.length > 0 || isDesktop;
    const pasteInto: MenuItem = {
      label: t('file.pasteInto'),
      icon: ClipboardPaste,
      onSelect: () => void pasteFiles({ folder: entry.path, name: entry.name, fingerprint: entry.volumeFingerprint }),
    };
    const openItsLocation = location && {
      label: t('location.openMenu'),
      icon: FolderPlus,
      onSelect: () => openLocation(location.id),
    };
    return commandMenu(
      [
        opening ?? [open],
        'file.preview',
        ...waysInto(isFolder),
        '-',
        ...(['edit.cut', 'edit.copy'] as const),
        isFolder && isAlone && hasClipboard ? [pasteInto] : [],
        ...(['file.copyTo', 'file.moveTo'] as const),
        ...waysBeside(),
        'file.duplicate',
        isAlone ? commandItem('file.makeLink', t) : [],
        ...(['-', 'file.rename'] as const),
        openItsLocation ? [openItsLocation] : isFolder && isAlone ? commandItem('file.addLocation', t) : [],
        ...([
          '-',
          'file.copyPath',
          'file.showInFileManager',
          'file.openTerminal',
          'view.inspector',
          '-',
          'file.trash',
          'file.delete',
        ] as const),
      ],
      t,
    );
  };
}

const waysInto = (isFolder: boolean) => (isFolder ? (['pane.openTab', 'pane.openBeside', 'file.favourite'] as const) : []);
/** Where there is another pane. */
const waysBeside = () => (isSplit() ? (['pane.copyBeside', 'pane.moveBeside'] as const) : []);
