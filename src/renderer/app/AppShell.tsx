import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { Inspector } from '../features/inspector/Inspector.tsx';
import { Panes } from '../features/workspace/Panes.tsx';
import { Page } from './Page.tsx';
import { Sidebar } from './Sidebar.tsx';
import { TopBar } from './TopBar.tsx';
import { useUi } from './ui-store.ts';

const SEPARATOR = 'w-px bg-line outline-offset-0 transition-colors data-[separator=active]:bg-accent data-[separator=hover]:bg-line-strong';

/** The window: sidebar, top bar, the panes with what is open in them, and the details of what is chosen. */
export function AppShell() {
  const { t } = useTranslation();
  const isSidebarShown = useUi((state) => state.isSidebarShown);
  const isInspectorShown = useUi((state) => state.isInspectorShown);
  // With which it begins: a panel whose first size changes is made anew, which changes the layout again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it begins whenever it is shown.
  const sidebarWidth = useMemo(() => useUi.getState().sidebarWidth, [isSidebarShown]);
  const sidebar = useRef<HTMLDivElement>(null);
  const noteWidth = () => {
    if (sidebar.current) useUi.getState().setSidebarWidth(Math.round(sidebar.current.getBoundingClientRect().width));
  };
  return (
    <Group orientation="horizontal" className="h-full" onLayoutChanged={noteWidth}>
      {isSidebarShown && (
        <>
          <Panel
            id="sidebar"
            elementRef={sidebar}
            defaultSize={sidebarWidth}
            minSize={200}
            maxSize={400}
            groupResizeBehavior="preserve-pixel-size"
          >
            <Sidebar />
          </Panel>
          <Separator aria-label={t('topBar.resizeSidebar')} className={SEPARATOR} />
        </>
      )}
      <Panel id="content" minSize={420}>
        <div className="flex h-full flex-col bg-canvas">
          <TopBar />
          <main className="min-h-0 flex-1">
            <Panes>
              <Page />
            </Panes>
          </main>
        </div>
      </Panel>
      {isInspectorShown && (
        <>
          <Separator aria-label={t('inspector.resize')} className={SEPARATOR} />
          <Panel id="inspector" defaultSize={300} minSize={240} maxSize={520} groupResizeBehavior="preserve-pixel-size">
            <Inspector />
          </Panel>
        </>
      )}
    </Group>
  );
}
