import { QueryClientProvider } from '@tanstack/react-query';
import { Tooltip } from 'radix-ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { stayConnected } from './app/connect.ts';
import { desktopTransport } from './app/desktop-transport.ts';
import { ListingRefresh } from './app/listing-refresh.ts';
import { createQueryClient } from './app/query-client.ts';
import { reactToEvent } from './app/react-to-event.ts';
import { isWebPage, webTransport } from './app/web-transport.ts';
import { followAddress } from './features/workspace/address.ts';
import { keepWorkspace } from './features/workspace/workspace-storage.ts';
import { startI18n } from './i18n/i18n.ts';
import './styles.css';

startI18n();
keepWorkspace();
followAddress();
const queryClient = createQueryClient();
const pageData = { client: queryClient, listings: new ListingRefresh(queryClient) };
const pageLife = new AbortController();

void stayConnected(
  isWebPage() ? webTransport : desktopTransport,
  {
    // Events that happened while nobody listened are lost: fetch again whatever is shown.
    onConnected: () => void queryClient.invalidateQueries(),
    onEvent: (event) => reactToEvent(pageData, event),
  },
  pageLife.signal,
);

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Tooltip.Provider delayDuration={500} skipDelayDuration={150}>
          <App />
        </Tooltip.Provider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
