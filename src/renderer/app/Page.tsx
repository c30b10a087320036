import { HistoryPage } from '../features/action/HistoryPage.tsx';
import { TrashPage } from '../features/file-operation/TrashPage.tsx';
import { HelpPage } from '../features/help/HelpPage.tsx';
import { LocationPage } from '../features/location/LocationPage.tsx';
import { SearchPage } from '../features/search/SearchPage.tsx';
import { SettingsPage } from '../features/settings/SettingsPage.tsx';
import { HomePage } from '../features/volume/HomePage.tsx';
import { VolumePage } from '../features/volume/VolumePage.tsx';
import { useRoute } from './navigation.ts';

/** What the route of the pane names. */
export function Page() {
  const route = useRoute();
  if (route.page === 'settings') return <SettingsPage />;
  if (route.page === 'help') return <HelpPage topic={route.topic} />;
  if (route.page === 'trash') return <TrashPage />;
  if (route.page === 'history') return <HistoryPage />;
  if (route.page === 'search') return <SearchPage {...route} />;
  if (route.page === 'volume') return <VolumePage {...route} />;
  if (route.page === 'location') return <LocationPage {...route} />;
  return <HomePage />;
}
