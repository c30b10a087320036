import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { Palette } from '../features/command/palette/Palette.tsx';
import { useCommandKeys } from '../features/command/use-command-keys.ts';
import { DragLabel } from '../features/file-operation/DragLabel.tsx';
import { TransferDialogs } from '../features/file-operation/TransferDialogs.tsx';
import { useClipboardEvents } from '../features/file-operation/use-clipboard-events.ts';
import { useCurrentLibrary } from '../features/library/library-queries.ts';
import { CornerStack } from '../features/notification/CornerStack.tsx';
import { QuickPreview } from '../features/preview/QuickPreview.tsx';
import { useConfig } from '../features/settings/settings-queries.ts';
import { WelcomePage } from '../features/welcome/WelcomePage.tsx';
import { resolveLanguage } from '../i18n/i18n.ts';
import { AppShell } from './AppShell.tsx';
import { useAppearance } from './appearance.ts';
import { ConnectionBanner, ConnectionScreen } from './ConnectionScreens.tsx';
import { useConnection } from './connection-store.ts';
import { Dialogs } from './Dialogs.tsx';
import { FileDrops } from './FileDrops.tsx';
import { useShellCommands } from './shell-commands.ts';

export function App() {
  const status = useConnection((state) => state.status);
  const wasConnected = useConnection((state) => state.engine !== null);
  if (status === 'mismatch' || status === 'unauthorized' || !wasConnected) return <ConnectionScreen />;
  return (
    <ErrorBoundary>
      <ConnectedApp />
      {status === 'reconnecting' && <ConnectionBanner />}
    </ErrorBoundary>
  );
}

/** Stays in place while the connection is lost: what was known is shown until it can be known anew. */
function ConnectedApp() {
  const { i18n } = useTranslation();
  const config = useConfig();
  const library = useCurrentLibrary();
  useAppearance(config?.appearance);
  useShellCommands();
  useClipboardEvents();
  useCommandKeys();
  const language = resolveLanguage(config?.appearance.language ?? 'system', navigator.languages);
  useEffect(() => {
    document.documentElement.lang = language;
    void i18n.changeLanguage(language);
  }, [language, i18n]);
  if (library === undefined) return null;
  return (
    <>
      {library === null ? <WelcomePage /> : <AppShell />}
      <Dialogs />
      <QuickPreview />
      <Palette />
      <TransferDialogs />
      <CornerStack />
      <FileDrops />
      <DragLabel />
    </>
  );
}
