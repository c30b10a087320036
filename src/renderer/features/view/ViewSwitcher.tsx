import { ArrowDownAZ, ArrowUpAZ, Columns3, RotateCcw, SlidersHorizontal } from 'lucide-react';
import { RadioGroup, Tooltip } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import type { EntrySort } from '../../../shared/contract/entry.ts';
import { engine } from '../../app/engine.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { ActionMenu } from '../../components/Menu.tsx';
import type { MenuItem } from '../../components/menu-item.ts';
import { tooltipOf } from '../command/command-item.ts';
import { showToast } from '../notification/toast-store.ts';
import { useConfig } from '../settings/settings-queries.ts';
import { FOLDER_COLUMNS, toggleColumn } from './folder-columns.tsx';
import { VIEW_KINDS } from './view-memory.ts';
import { VIEW_COMMANDS, VIEW_ICONS } from './view-set.ts';
import { applyToAllFolders, forgetView, type ViewControls } from './view-store.ts';

const SORTS: readonly EntrySort[] = ['name', 'size', 'items', 'modified', 'created', 'kind', 'permissions', 'link'];

/** How the open folder is looked at: one choice out of five, and a menu of what else there is to choose. */
export function ViewSwitcher({ controls }: { controls: ViewControls }) {
  const { t } = useTranslation();
  const { view, change } = controls;
  const items = useViewItems(controls);
  return (
    <>
      <RadioGroup.Root
        aria-label={t('view.title')}
        value={view.kind}
        orientation="horizontal"
        onValueChange={(next) => {
          const kind = VIEW_KINDS.find((candidate) => candidate === next);
          if (kind) change({ kind });
        }}
        className="inline-flex shrink-0 rounded-lg bg-track p-0.5"
      >
        {VIEW_KINDS.map((kind) => {
          const Icon = VIEW_ICONS[kind];
          const label = t(`view.kind.${kind}`);
          return (
            <Tooltip.Root key={kind}>
              <Tooltip.Trigger asChild>
                <RadioGroup.Item
                  value={kind}
                  aria-label={label}
                  // By the mouse, the keyboard stays with the files: arrows go on in the new view, and not among these.
                  onMouseDown={(event) => event.preventDefault()}
                  className="inline-flex h-6 w-7.5 items-center justify-center rounded-md text-soft transition-colors duration-100 hover:text-ink aria-checked:bg-raised aria-checked:text-accent aria-checked:shadow-card dark:aria-checked:bg-line-strong"
                >
                  <Icon aria-hidden className="size-4" strokeWidth={1.9} />
                </RadioGroup.Item>
              </Tooltip.Trigger>
              <Tooltip.Portal>
                <Tooltip.Content
                  sideOffset={6}
                  collisionPadding={8}
                  className="z-50 rounded-md bg-ink px-2 py-1 font-medium text-2xs text-canvas shadow-float data-[state=delayed-open]:animate-appear"
                >
                  {tooltipOf(VIEW_COMMANDS[kind], t, label)}
                </Tooltip.Content>
              </Tooltip.Portal>
            </Tooltip.Root>
          );
        })}
      </RadioGroup.Root>
      <ActionMenu items={items}>
        <IconButton icon={SlidersHorizontal} label={t('view.title')} />
      </ActionMenu>
    </>
  );
}

/** Order, columns, and for which folders this is. */
function useViewItems(controls: ViewControls): () => MenuItem[] {
  const { view, change } = controls;
  const { t } = useTranslation();
  const foldersFirst = useConfig()?.explorer.foldersFirst ?? true;
  const columns: MenuItem[] =
    view.kind === 'list'
      ? [
          'separator',
          ...FOLDER_COLUMNS.map(({ name }) => ({
            label: t(`column.${name}`),
            icon: Columns3,
            isChecked: view.columns.some((column) => column.name === name),
            onSelect: () => change({ columns: toggleColumn(view.columns, name) }),
          })),
        ]
      : [];
  return () => [
    ...SORTS.map((sort) => ({
      label: `${t('view.sortBy')}: ${t(`column.${sort}`)}`,
      isChecked: view.sort === sort,
      onSelect: () => change({ sort }),
    })),
    'separator',
    { label: t('view.ascending'), icon: ArrowDownAZ, isChecked: view.order === 'asc', onSelect: () => change({ order: 'asc' }) },
    { label: t('view.descending'), icon: ArrowUpAZ, isChecked: view.order === 'desc', onSelect: () => change({ order: 'desc' }) },
    {
      label: t('view.foldersFirst'),
      isChecked: foldersFirst,
      onSelect: () => void engine.config.update({ explorer: { foldersFirst: !foldersFirst } }),
    },
    ...columns,
    'separator',
    {
      label: t('view.forAll'),
      onSelect: () => {
        applyToAllFolders(controls);
        showToast({ tone: 'good', title: t('view.forAllDone') });
      },
    },
    { label: t('view.usual'), icon: RotateCcw, onSelect: () => forgetView(controls) },
  ];
}
