import { ChevronDown, Plus } from 'lucide-react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../components/IconButton.tsx';
import { ActionMenu } from '../../components/Menu.tsx';
import { displayName } from '../../lib/display-name.ts';
import { useOrderDrop } from '../../lib/use-order-drop.ts';
import { useRouteTitles } from './route-title.ts';
import { TabButton } from './TabButton.tsx';
import { closeTab, newTabHere, placeTab, selectTab } from './tab-commands.ts';
import { TAB_DRAG_TYPE, useTabDrag } from './tab-drag-store.ts';
import { activatePane, type Pane, stepOf } from './workspace.ts';
import { changeWorkspace } from './workspace-store.ts';

interface TabStripProps {
  pane: Pane;
  isActive: boolean;
  side: 'left' | 'right' | null;
  /** Of the element that shows the open tab. */
  panelId: string;
}

/** The tabs of a pane, in a row that scrolls when there are many. They are dragged to other places, also in the other pane. */
export function TabStrip({ pane, isActive, side, panelId }: TabStripProps) {
  const { t } = useTranslation();
  const titleOf = useRouteTitles();
  const list = useRef<HTMLDivElement>(null);
  const isCut = useIsCut(list, pane.tabs.length);
  const { dropAt, dropProps } = useOrderDrop({
    type: TAB_DRAG_TYPE,
    items: '[data-tab]',
    axis: 'x',
    onDrop: (index) => {
      const { tabId } = useTabDrag.getState();
      if (tabId !== null) placeTab(tabId, pane.id, index);
    },
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: of another tab that is open, or another place of it.
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pane.tabId, pane.tabs.length]);

  const goTo = (index: number) => {
    const tab = pane.tabs.at(index % pane.tabs.length);
    if (!tab) return;
    selectTab(tab.id);
    document.getElementById(`${panelId}-${tab.id}`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const own = pane.tabs.findIndex(({ id }) => event.target instanceof Element && event.target.id === `${panelId}-${id}`);
    const tab = pane.tabs[own];
    if (!tab || event.ctrlKey || event.metaKey || event.altKey) return;
    const keys: Record<string, (() => void) | undefined> = {
      ArrowRight: () => goTo(own + 1),
      ArrowLeft: () => goTo(own - 1 + pane.tabs.length),
      Home: () => goTo(0),
      End: () => goTo(pane.tabs.length - 1),
      Delete: () => {
        closeTab(tab.id);
        const next = pane.tabs[own + 1] ?? pane.tabs[own - 1];
        if (next) document.getElementById(`${panelId}-${next.id}`)?.focus();
      },
    };
    const run = keys[event.key];
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };

  return (
    <div className="flex h-9 shrink-0 items-end gap-1 border-line border-b bg-side px-1.5">
      <div
        ref={list}
        role="tablist"
        aria-label={side === null ? t('tab.list') : t('tab.listOf', { pane: t(`pane.${side}`) })}
        onKeyDown={onKeyDown}
        className="no-scroll-bar flex h-full min-w-0 items-end overflow-x-auto"
        {...dropProps}
      >
        {pane.tabs.map((tab, index) => (
          <TabButton
            key={tab.id}
            tab={tab}
            pane={pane}
            isOpen={tab.id === pane.tabId}
            isPaneActive={isActive}
            panelId={panelId}
            title={titleOf(stepOf(tab).route)}
            isDropBefore={dropAt === index}
            isDropAfter={dropAt === pane.tabs.length && index === pane.tabs.length - 1}
          />
        ))}
      </div>
      <div className="flex h-full items-center">
        <IconButton
          icon={Plus}
          label={t('tab.new')}
          onClick={() => {
            changeWorkspace((workspace) => activatePane(workspace, pane.id));
            newTabHere();
          }}
        />
        {isCut && (
          <ActionMenu
            items={pane.tabs.map((tab) => {
              const { title, icon } = titleOf(stepOf(tab).route);
              return { label: displayName(title), icon, isChecked: tab.id === pane.tabId, onSelect: () => selectTab(tab.id) };
            })}
          >
            <IconButton icon={ChevronDown} label={t('tab.all')} />
          </ActionMenu>
        )}
      </div>
    </div>
  );
}

/** Whether not all tabs are in sight. */
function useIsCut(list: React.RefObject<HTMLDivElement | null>, count: number): boolean {
  const [isCut, setCut] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another number of tabs there may be room, or none.
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const look = () => setCut(element.scrollWidth > element.clientWidth + 1);
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [list, count]);
  return isCut;
}
