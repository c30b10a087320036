import {
  ClipboardPaste,
  Copy,
  CopyPlus,
  FolderInput,
  FolderOpen,
  FolderPlus,
  FolderSearch,
  Link,
  Pencil,
  Scissors,
  SquareArrowOutUpRight,
  Trash2,
  X,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { openLocation } from '../../app/navigation.ts';
import { useShell } from '../../app/shell.ts';
import type { MenuItem } from '../../components/menu-item.ts';
import { plainPath } from '../../lib/entry-path.ts';
import { isMac, shortcutText } from '../../lib/platform.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { runAction } from '../action/run-action.ts';
import { keepFiles, pasteFiles, useFileClipboard } from '../file-operation/file-clipboard.ts';
import { linkTo } from '../file-operation/file-commands.ts';
import { startRenaming } from '../file-operation/rename-store.ts';
import { useLocations } from '../location/location-queries.ts';
import { showToast } from '../notification/toast-store.ts';

/** What the menu is about. */
interface Chosen {
  count: number;
  paths(): string[];
  /** The drive of one of them is not plugged in. */
  isAway: boolean;
}

const KEYS = isMac
  ? { rename: 'Enter', trash: 'mod+Delete', delete: 'alt+mod+Delete' }
  : { rename: 'F2', trash: 'Delete', delete: 'shift+Delete' };

/** The menu of a row: of what is selected, when the row is part of it. What needs the drive says so while it is away. */
export function useEntryMenu(
  entry: Entry | undefined,
  chosen: Chosen,
  /** What opening it means in this list; left out: that it opens. */
  opening: MenuItem[] | undefined,
  onOpen: (entry: Entry) => void,
): MenuItem[] {
  const { t } = useTranslation();
  const shell = useShell((state) => state.client);
  const errorText = useErrorText();
  const locations = useLocations().data?.items;
  const hasClipboard = useFileClipboard((state) => state.sources.length > 0);
  if (!entry) return [];
  const location = locations?.find(({ path }) => path === entry.path);
  const failed = (error: unknown) =>
    showToast({ tone: 'bad', title: t('browser.openFailed', { name: entry.name }), text: errorText(error) });
  const { isAway, count } = chosen;
  const note = isAway ? t('browser.away') : undefined;
  const isFolder = entry.kind === 'folder';
  /** What takes the drive. While it is away, the menu says so in place of the keys. */
  const onDrive = (item: Exclude<MenuItem, 'separator'>): MenuItem => {
    const { shortcut: _shortcut, ...rest } = item;
    return isAway ? { ...rest, isDisabled: true, note } : item;
  };
  const open: MenuItem = {
    label: t('browser.open'),
    icon: FolderOpen,
    isDisabled: !isFolder && (isAway || entry.kind === 'other' || (entry.kind === 'file' && !shell)),
    note: isFolder ? undefined : note,
    onSelect: () => onOpen(entry),
  };
  const items: MenuItem[] = [
    ...(opening ?? [open]),
    'separator',
    { label: t('file.cut'), icon: Scissors, shortcut: shortcutText('mod+x'), onSelect: () => keepFiles(chosen.paths(), true) },
    { label: t('file.copy'), icon: Copy, shortcut: shortcutText('mod+c'), onSelect: () => keepFiles(chosen.paths(), false) },
  ];
  if (isFolder && count === 1 && (hasClipboard || shell)) {
    const target = { folder: entry.path, name: entry.name, fingerprint: entry.volumeFingerprint };
    items.push({ label: t('file.pasteInto'), icon: ClipboardPaste, onSelect: () => void pasteFiles(target) });
  }
  items.push(
    {
      label: t('file.copyTo'),
      icon: SquareArrowOutUpRight,
      shortcut: shortcutText('mod+shift+c'),
      onSelect: () => showDialog({ kind: 'copy-to', operation: 'copy', sources: chosen.paths() }),
    },
    {
      label: t('file.moveTo'),
      icon: FolderInput,
      shortcut: shortcutText('mod+shift+m'),
      onSelect: () => showDialog({ kind: 'copy-to', operation: 'move', sources: chosen.paths() }),
    },
    onDrive({
      label: t('file.duplicate'),
      icon: CopyPlus,
      shortcut: shortcutText('mod+d'),
      onSelect: () => void runAction({ type: 'file.duplicate', sources: chosen.paths() }),
    }),
  );
  if (count === 1) items.push(onDrive({ label: t('file.makeLink'), icon: Link, onSelect: () => linkTo(entry) }));
  items.push(
    'separator',
    onDrive(
      count === 1
        ? { label: t('file.rename'), icon: Pencil, shortcut: shortcutText(KEYS.rename), onSelect: () => startRenaming(entry.path) }
        : {
            label: t('file.renameMany', { count }),
            icon: Pencil,
            shortcut: shortcutText(KEYS.rename),
            onSelect: () => showDialog({ kind: 'rename-many', sources: chosen.paths() }),
          },
    ),
  );
  if (location) items.push({ label: t('location.openMenu'), icon: FolderPlus, onSelect: () => openLocation(location.id) });
  else if (isFolder) {
    items.push(
      onDrive({
        label: t('location.addMenu'),
        icon: FolderPlus,
        onSelect: () => showDialog({ kind: 'add-location', paths: [entry.path] }),
      }),
    );
  }
  items.push('separator', {
    label: t('browser.copyPath', { count }),
    icon: Link,
    onSelect: () => {
      navigator.clipboard.writeText(chosen.paths().map(plainPath).join('\n')).catch(failed);
    },
  });
  if (shell) {
    items.push(
      onDrive({
        label: t('browser.showInFolder'),
        icon: FolderSearch,
        onSelect: () => void shell.showItemInFolder({ path: entry.path }).catch(failed),
      }),
    );
  }
  items.push(
    'separator',
    onDrive({
      label: t('file.trash'),
      icon: Trash2,
      shortcut: shortcutText(KEYS.trash),
      onSelect: () => void runAction({ type: 'file.trash', sources: chosen.paths() }),
    }),
    onDrive({
      label: t('file.deleteMenu'),
      icon: X,
      shortcut: shortcutText(KEYS.delete),
      isDanger: true,
      onSelect: () => showDialog({ kind: 'delete-files', sources: chosen.paths() }),
    }),
  );
  return items;
}
