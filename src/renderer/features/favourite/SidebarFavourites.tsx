import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../lib/class-names.ts';
import { useOrderDrop } from '../../lib/use-order-drop.ts';
import { useDrag } from '../file-operation/drag-store.ts';
import { useDragDrop } from '../file-operation/use-drop-target.ts';
import { SidebarSection } from '../workspace/SidebarSection.tsx';
import { FAVOURITE_DRAG_TYPE, useFavouriteDrag } from './favourite-drag-store.ts';
import { addFavourites, type Favourite, moveFavourite, removeFavourite, useFavourites } from './favourites.ts';
import { SidebarFavourite } from './SidebarFavourite.tsx';

/** The favourites of the sidebar. Folders that are dropped beside them become some, too. */
export function SidebarFavourites() {
  const { t } = useTranslation();
  const favourites = useFavourites();
  const order = useOrderDrop({
    type: FAVOURITE_DRAG_TYPE,
    items: '[data-favourite]',
    axis: 'y',
    onDrop: (index) => {
      const { address } = useFavouriteDrag.getState();
      if (address !== null) void moveFavourite(address, index);
    },
  });
  const { isOver, dropProps } = useDragDrop({ onDrop: () => void addFavourites(useDrag.getState().sources) });
  const onKeyDown = (event: KeyboardEvent, { address }: Favourite, index: number) => {
    const moves: Record<string, number> = { ArrowUp: index - 1, ArrowDown: index + 2 };
    const target = moves[event.key];
    if (event.key === 'Delete') void removeFavourite(address);
    else if (event.altKey && target !== undefined && target >= 0 && target <= favourites.length) void moveFavourite(address, target);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      data-drop="favourites"
      className={classNames('-mx-1 rounded-xl px-1 pb-1 transition-colors', isOver && 'bg-accent-wash ring-2 ring-accent ring-inset')}
      {...dropProps}
    >
      <SidebarSection id="favourites" title={t('favourite.title')}>
        {favourites.length === 0 && <p className="px-2 pb-1 text-faint text-xs">{t('favourite.empty')}</p>}
        <ul aria-label={t('favourite.title')} className="space-y-px empty:hidden" {...order.dropProps}>
          {favourites.map((favourite, index) => (
            <li
              key={favourite.address}
              data-favourite={favourite.address}
              onKeyDown={(event) => onKeyDown(event, favourite, index)}
              className={classNames(
                'relative before:absolute before:inset-x-1 before:h-0.5 before:rounded-full',
                order.dropAt === index && 'before:-top-px before:bg-accent',
                order.dropAt === favourites.length && index === favourites.length - 1 && 'before:-bottom-px before:bg-accent',
              )}
            >
              <SidebarFavourite favourite={favourite} index={index} count={favourites.length} />
            </li>
          ))}
        </ul>
      </SidebarSection>
    </div>
  );
}
