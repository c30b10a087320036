import { useTranslation } from 'react-i18next';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { HistoryPage } from '../features/action/HistoryPage.tsx';
import { TrashPage } from '../features/file-operation/TrashPage.tsx';
import { LocationPage } from '../features/location/LocationPage.tsx';
import { SearchPage } from '../features/search/SearchPage.tsx';
import { SettingsPage } from '../features/settings/SettingsPage.tsx';
import { HomePage } from '../features/volume/HomePage.tsx';
import { VolumePage } from '../features/volume/VolumePage.tsx';
import { paneOf } from '../features/workspace/workspace.ts';
import { PaneContext, useWorkspace } from '../features/workspace/workspace-store.ts';
import { useRoute } from './navigation.ts';
import { Sidebar } from './Sidebar.tsx';
import { TopBar } from './TopBar.tsx';
import { useUi } from './ui-store.ts';

/** The window: sidebar, top bar, and the page that the route names. */
export function AppShell() {
  const { t } = useTranslation();
  const isSidebarShown = useUi((state) => state.isSidebarShown);
  return (
    <Group orientation="horizontal" className="h-full">
      {isSidebarShown && (
        <>
          <Panel id="sidebar" defaultSize={252} minSize={200} maxSize={400} groupResizeBehavior="preserve-pixel-size">
            <Sidebar />
          </Panel>
          <Separator
            aria-label={t('topBar.resizeSidebar')}
            className="w-px bg-line outline-offset-0 transition-colors data-[separator=active]:bg-accent data-[separator=hover]:bg-line-strong"
          />
        </>
      )}
      <Panel id="content" minSize={420}>
        <div className="flex h-full flex-col bg-canvas">
          <TopBar />
          <main className="min-h-0 flex-1">
            <Pane />
          </main>
        </div>
      </Panel>
    </Group>
  );
}

/** What is open in the active pane. A tab keeps nothing of another one. */
function Pane() {
  const pane = useWorkspace((workspace) => paneOf(workspace));
  return (
    <PaneContext value={pane.id}>
      <ErrorBoundary key={pane.tabId}>
        <Page />
      </ErrorBoundary>
    </PaneContext>
  );
}

function Page() {
  const route = useRoute();
  if (route.page === 'settings') return <SettingsPage />;
  if (route.page === 'trash') return <TrashPage />;
  if (route.page === 'history') return <HistoryPage />;
  if (route.page === 'search') return <SearchPage {...route} />;
  if (route.page === 'volume') return <VolumePage {...route} />;
  if (route.page === 'location') return <LocationPage {...route} />;
  return <HomePage />;
}
