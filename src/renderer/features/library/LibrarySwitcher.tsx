import {
  ChartNoAxesColumn,
  Check,
  ChevronsUpDown,
  CircleX,
  FolderOpen,
  History,
  LibraryBig,
  Pencil,
  Plus,
  Save,
  Sparkles,
  Trash2,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import appIcon from '../../../../resources/icon.svg';
import { showDialog } from '../../app/dialog-store.ts';
import { ActionMenu } from '../../components/Menu.tsx';
import type { MenuItem } from '../../components/menu-item.ts';
import { Name } from '../../components/Name.tsx';
import { displayName } from '../../lib/display-name.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { showToast } from '../notification/toast-store.ts';
import { useVolumes } from '../volume/volume-queries.ts';
import { useBackUpLibrary, useCloseLibrary, useCurrentLibrary, useLibraries, useOptimizeLibrary } from './library-queries.ts';
import { useEnterLibrary } from './use-enter-library.ts';

/** The library at the top of the sidebar: which one is current, the others, and everything that can be done with it. */
export function LibrarySwitcher() {
  const { t } = useTranslation();
  const current = useCurrentLibrary();
  const tracked = useVolumes().data?.items.filter((volume) => volume.tracking !== null).length ?? 0;
  const items = [...useLibraryChoices(), ...useLibraryMenu()];
  return (
    <ActionMenu items={items} align="start">
      <button
        type="button"
        className="flex w-full items-center gap-2.5 rounded-lg px-2 py-1.5 text-left transition-colors hover:bg-hover data-[state=open]:bg-pressed"
      >
        <img src={appIcon} alt="" className="size-7 shrink-0" draggable={false} />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-semibold leading-4.5 tracking-[-0.005em]">
            {current ? <Name>{current.name}</Name> : t('library.none')}
          </span>
          <span className="block truncate text-2xs text-faint">{t('library.trackedDrives', { count: tracked })}</span>
        </span>
        <ChevronsUpDown aria-hidden className="size-3.5 text-faint" />
      </button>
    </ActionMenu>
  );
}

function useLibraryChoices(): MenuItem[] {
  const { t } = useTranslation();
  const libraries = useLibraries().data?.items ?? [];
  const { enter } = useEnterLibrary();
  const choices: MenuItem[] = libraries.map((library) => ({
    label: displayName(library.name),
    icon: library.isCurrent ? Check : LibraryBig,
    isDisabled: library.status === 'offline',
    ...(library.status === 'open' ? {} : { shortcut: t(`library.status.${library.status}`) }),
    onSelect: () => {
      if (!library.isCurrent) enter(library.id, library.name);
    },
  }));
  return [
    ...choices,
    ...(choices.length > 0 ? (['separator'] as const) : []),
    { label: t('library.createMenu'), icon: Plus, onSelect: () => showDialog({ kind: 'create-library' }) },
    { label: t('library.openMenu'), icon: FolderOpen, onSelect: () => showDialog({ kind: 'open-library' }) },
  ];
}

function useLibraryMenu(): MenuItem[] {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const current = useCurrentLibrary();
  const backUp = useBackUpLibrary();
  const optimize = useOptimizeLibrary();
  const close = useCloseLibrary();
  if (!current) return [];
  const { id, name } = current;
  const failed = (error: unknown) => showToast({ tone: 'bad', title: t('library.failed', { name }), text: errorText(error) });
  return [
    'separator',
    { label: t('library.renameMenu'), icon: Pencil, onSelect: () => showDialog({ kind: 'rename-library', id }) },
    { label: t('library.statisticsMenu'), icon: ChartNoAxesColumn, onSelect: () => showDialog({ kind: 'library-statistics', id }) },
    {
      label: t('library.backUp'),
      icon: Save,
      onSelect: () =>
        backUp.mutate(
          { library: id },
          {
            onSuccess: (backup) =>
              showToast({ tone: 'good', title: t('library.backedUp'), text: `${backup.name} · ${format.size(backup.sizeBytes)}` }),
            onError: failed,
          },
        ),
    },
    { label: t('library.restoreMenu'), icon: History, onSelect: () => showDialog({ kind: 'restore-library', id }) },
    {
      label: t('library.optimize'),
      icon: Sparkles,
      onSelect: () =>
        optimize.mutate(
          { library: id },
          {
            onSuccess: ({ integrity, bytesBefore, bytesAfter, problems }) =>
              integrity === 'ok'
                ? showToast({
                    tone: 'good',
                    title: t('library.optimized'),
                    text: t('library.optimizedText', { before: format.size(bytesBefore), after: format.size(bytesAfter) }),
                  })
                : showToast({ tone: 'bad', title: t('library.damaged'), text: problems.slice(0, 3).join('\n') }),
            onError: failed,
          },
        ),
    },
    'separator',
    { label: t('library.close'), icon: CircleX, onSelect: () => close.mutate({ library: id }, { onError: failed }) },
    { label: t('library.deleteMenu'), icon: Trash2, isDanger: true, onSelect: () => showDialog({ kind: 'delete-library', id }) },
  ];
}
