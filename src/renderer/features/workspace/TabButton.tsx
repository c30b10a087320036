import { X } from 'lucide-react';
import type { DragEvent, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ContextActions } from '../../components/Menu.tsx';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useDragDrop } from '../file-operation/use-drop-target.ts';
import type { RouteTitle } from './route-title.ts';
import { closeTab, selectTab } from './tab-commands.ts';
import { TAB_DRAG_TYPE, useTabDrag } from './tab-drag-store.ts';
import { useTabMenu } from './use-tab-menu.ts';
import type { Pane, Tab } from './workspace.ts';

interface TabButtonProps {
  tab: Tab;
  pane: Pane;
  isOpen: boolean;
  isPaneActive: boolean;
  /** Of the element that shows it while it is open. */
  panelId: string;
  title: RouteTitle;
  /** Another tab would come in front of it, or behind it, where it is dragged now. */
  isDropBefore: boolean;
  isDropAfter: boolean;
}

/** One tab: opens by a click, closes by the middle button; resting on it with files opens it, so that they can be dropped in its folder. */
export function TabButton({ tab, pane, isOpen, isPaneActive, panelId, title, isDropBefore, isDropAfter }: TabButtonProps) {
  const { t } = useTranslation();
  const items = useTabMenu(tab, pane);
  const { dropProps } = useDragDrop({ accepts: () => false, onDrop: () => undefined, onSpring: () => selectTab(tab.id) });
  const Icon = title.icon;
  const onAuxClick = (event: MouseEvent) => {
    if (event.button !== 1) return;
    event.preventDefault();
    closeTab(tab.id);
  };
  const onDragStart = (event: DragEvent) => {
    useTabDrag.setState({ tabId: tab.id });
    event.dataTransfer.setData(TAB_DRAG_TYPE, tab.id);
    event.dataTransfer.effectAllowed = 'move';
  };
  return (
    <ContextActions items={items}>
      <div
        role="tab"
        id={`${panelId}-${tab.id}`}
        data-tab={tab.id}
        aria-selected={isOpen}
        aria-controls={isOpen ? panelId : undefined}
        tabIndex={isOpen ? 0 : -1}
        draggable
        onDragStart={onDragStart}
        onDragEnd={() => useTabDrag.setState({ tabId: null })}
        // Not at the click: what follows may already be a drag of it.
        onClick={() => selectTab(tab.id)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ' ') selectTab(tab.id);
        }}
        onAuxClick={onAuxClick}
        className={classNames(
          'group/tab relative flex h-7.5 w-46 min-w-28 shrink items-center gap-2 rounded-t-lg border border-b-0 pr-1 pl-2.5 outline-offset-[-2px] transition-colors duration-100',
          isOpen ? 'z-1 -mb-px h-8 border-line bg-canvas' : 'border-transparent text-soft hover:bg-hover hover:text-ink',
          isOpen && isPaneActive && 'font-medium text-ink',
          isOpen && !isPaneActive && 'text-soft',
        )}
        {...dropProps}
      >
        {isOpen && isPaneActive && <span aria-hidden className="absolute inset-x-2 top-0 h-0.5 rounded-full bg-accent" />}
        {(isDropBefore || isDropAfter) && (
          <span
            aria-hidden
            className={classNames('absolute inset-y-1 w-0.5 rounded-full bg-accent', isDropBefore ? '-left-px' : '-right-px')}
          />
        )}
        <Icon
          aria-hidden
          className={classNames('size-3.75 shrink-0', isOpen && isPaneActive ? 'text-accent' : 'text-faint')}
          strokeWidth={1.9}
        />
        <Name className={classNames('min-w-0 flex-1 truncate text-xs', title.isOffline && 'text-faint')}>{title.title}</Name>
        {title.isOffline && <span className="sr-only">, {t('tab.offline')}</span>}
        {/* For the mouse alone: the keyboard has Delete and the menu. A tab has no buttons in it for who cannot see it. */}
        <span
          aria-hidden
          data-close
          title={t('tab.close')}
          onClick={(event) => {
            event.stopPropagation();
            closeTab(tab.id);
          }}
          className={classNames(
            'grid size-5 shrink-0 place-items-center rounded-md text-faint hover:bg-pressed hover:text-ink',
            !isOpen && 'opacity-0 group-hover/tab:opacity-100 group-focus-visible/tab:opacity-100',
          )}
        >
          <X className="size-3.25" strokeWidth={2.2} />
        </span>
      </div>
    </ContextActions>
  );
}
