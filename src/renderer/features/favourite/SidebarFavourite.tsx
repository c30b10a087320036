import { ArrowDown, ArrowUp, Columns2, Folder, FolderOpen, PanelTop, StarOff } from 'lucide-react';
import type { DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate, useRoute } from '../../app/navigation.ts';
import { ContextActions } from '../../components/Menu.tsx';
import type { MenuItem } from '../../components/menu-item.ts';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { formatRoute } from '../../lib/route.ts';
import { useDropTarget } from '../file-operation/use-drop-target.ts';
import { opens } from '../workspace/opens.ts';
import { openInNewTab, openInOtherPane } from '../workspace/tab-commands.ts';
import { FAVOURITE_DRAG_TYPE, useFavouriteDrag } from './favourite-drag-store.ts';
import { type Favourite, moveFavourite, removeFavourite } from './favourites.ts';

interface SidebarFavouriteProps {
  favourite: Favourite;
  index: number;
  /** How many there are. */
  count: number;
}

/** One favourite of the sidebar: opens it, takes drops, and is dragged to other places among them. Greyed while its drive is away. */
export function SidebarFavourite({ favourite, index, count }: SidebarFavouriteProps) {
  const { t } = useTranslation();
  const { address, path, name, volume, route } = favourite;
  const current = useRoute();
  const items = useFavouriteMenu(favourite, index, count);
  const isAway = volume?.isMounted !== true;
  const canReceive = volume !== undefined && !volume.isReadOnly && (volume.isMounted || volume.tracking !== null);
  const { isOver, dropProps } = useDropTarget({
    folder: canReceive ? path : null,
    name,
    fingerprint: volume?.fingerprint ?? null,
    onSpring: () => navigate(route),
  });
  const isCurrent = formatRoute(current) === formatRoute(route);
  const onDragStart = (event: DragEvent) => {
    useFavouriteDrag.setState({ address });
    event.dataTransfer.setData(FAVOURITE_DRAG_TYPE, address);
    event.dataTransfer.effectAllowed = 'move';
  };
  return (
    <ContextActions items={items}>
      <button
        type="button"
        draggable
        onDragStart={onDragStart}
        onDragEnd={() => useFavouriteDrag.setState({ address: null })}
        aria-current={isCurrent ? 'page' : undefined}
        {...opens(route)}
        className={classNames(
          'flex min-h-8 w-full items-center gap-2.5 rounded-lg px-2 py-1 text-left transition-colors duration-100',
          isOver ? 'bg-accent text-on-accent' : isCurrent ? 'bg-pressed' : 'hover:bg-hover',
        )}
        {...dropProps}
      >
        <Folder
          aria-hidden
          className={classNames('mx-0.5 size-4.5 shrink-0', isOver ? '' : isAway ? 'text-faint' : 'text-[#4a9fd4] dark:text-[#5aa9dc]')}
          strokeWidth={1.6}
          fill="currentColor"
          fillOpacity={0.28}
        />
        <span className="min-w-0 flex-1">
          <Name className={classNames('block truncate font-medium', isAway && !isOver && 'text-soft')}>{name}</Name>
          {isAway && (
            <span className={classNames('block truncate text-2xs', !isOver && 'text-soft')}>
              {volume ? t('favourite.away', { name: displayName(volume.name) }) : t('favourite.unknown')}
            </span>
          )}
        </span>
      </button>
    </ContextActions>
  );
}

function useFavouriteMenu({ address, route }: Favourite, index: number, count: number): MenuItem[] {
  const { t } = useTranslation();
  return [
    { label: t('favourite.open'), icon: FolderOpen, onSelect: () => navigate(route) },
    { label: t('tab.openIn'), icon: PanelTop, onSelect: () => openInNewTab(route) },
    { label: t('tab.openInOther'), icon: Columns2, onSelect: () => openInOtherPane(route) },
    'separator',
    { label: t('favourite.up'), icon: ArrowUp, isDisabled: index === 0, onSelect: () => void moveFavourite(address, index - 1) },
    {
      label: t('favourite.down'),
      icon: ArrowDown,
      isDisabled: index === count - 1,
      onSelect: () => void moveFavourite(address, index + 2),
    },
    'separator',
    { label: t('favourite.remove'), icon: StarOff, onSelect: () => void removeFavourite(address) },
  ];
}
