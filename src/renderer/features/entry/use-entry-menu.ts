import { Copy, FolderOpen, FolderPlus, FolderSearch, Link } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { openLocation } from '../../app/navigation.ts';
import { useShell } from '../../app/shell.ts';
import type { MenuItem } from '../../components/menu-item.ts';
import { plainPath } from '../../lib/entry-path.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useLocations } from '../location/location-queries.ts';
import { showToast } from '../notification/toast-store.ts';

/** What the menu is about. */
interface Chosen {
  count: number;
  paths(): string[];
  /** The drive of one of them is not plugged in. */
  isAway: boolean;
}

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
  if (!entry) return [];
  const location = locations?.find(({ path }) => path === entry.path);
  const failed = (error: unknown) =>
    showToast({ tone: 'bad', title: t('browser.openFailed', { name: entry.name }), text: errorText(error) });
  const { isAway } = chosen;
  const note = isAway ? t('browser.away') : undefined;
  const isFolder = entry.kind === 'folder';
  const open: MenuItem = {
    label: t('browser.open'),
    icon: FolderOpen,
    isDisabled: !isFolder && (isAway || entry.kind === 'other' || (entry.kind === 'file' && !shell)),
    note: isFolder ? undefined : note,
    onSelect: () => onOpen(entry),
  };
  const items: MenuItem[] = [
    ...(opening ?? [open]),
    {
      label: t('copy.menu'),
      icon: Copy,
      isDisabled: isAway,
      ...(note ? { note } : { shortcut: 'Ctrl+Shift+C' }),
      onSelect: () => showDialog({ kind: 'copy-to', sources: chosen.paths() }),
    },
  ];
  if (location) items.push({ label: t('location.openMenu'), icon: FolderPlus, onSelect: () => openLocation(location.id) });
  else if (isFolder) {
    items.push({
      label: t('location.addMenu'),
      icon: FolderPlus,
      isDisabled: isAway,
      note,
      onSelect: () => showDialog({ kind: 'add-location', paths: [entry.path] }),
    });
  }
  items.push('separator', {
    label: t('browser.copyPath', { count: chosen.count }),
    icon: Link,
    onSelect: () => {
      navigator.clipboard.writeText(chosen.paths().map(plainPath).join('\n')).catch(failed);
    },
  });
  if (shell) {
    items.push({
      label: t('browser.showInFolder'),
      icon: FolderSearch,
      isDisabled: isAway,
      note,
      onSelect: () => shell.showItemInFolder({ path: entry.path }).catch(failed),
    });
  }
  return items;
}
