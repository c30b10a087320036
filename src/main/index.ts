/**
 * @file Start of the desktop app, in order: which data folder, the only process on it, the engine, the window, and
 * everything around the window. Electron's own ways to quit all end in `will-quit`, where the engine is closed.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { app, dialog, session } from 'electron';
import { type HostPaths, hostPaths } from '#core/host/host-paths.ts';
import { PACKAGE_ROOT, packageVersion } from '#core/host/package-root.ts';
import { createLogger } from '#core/log/create-logger.ts';
import { APP_ORIGIN, PAGE_URL, registerAppScheme, serveAppScheme } from './app-scheme.ts';
import { Desktop } from './desktop.ts';
import { EngineConnection } from './engine-connection.ts';
import { PageCommands } from './page-commands.ts';
import { offerPagePorts } from './page-ports.ts';
import { lockDownPages } from './security.ts';
import { createShellRouter } from './shell-router.ts';
import { askAfterFailure } from './start-failure.ts';
import { readStartOptions, type StartOptions } from './start-options.ts';
import { Texts } from './texts.ts';
import { MainWindow } from './window.ts';

const LINK_SCHEME = 'mooring';
/** An orderly end takes no longer; what is not done by then is recovered at the next start. */
const CLOSE_TIMEOUT_MS = 4800;

/** While developing, the page comes from Vite's server. */
const devServer = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
const pageUrl = devServer ?? PAGE_URL;
const isOwnPage = (url: string) => url.startsWith(`${devServer ? new URL(devServer).origin : APP_ORIGIN}/`);

try {
  const start = readStartOptions(process.argv.slice(1));
  const paths = hostPaths(start);
  app.setName('Mooring');
  app.setAppUserModelId('app.mooring.desktop');
  // One window per data folder: Electron's lock and Chromium's profile lie in it too.
  app.setPath('userData', join(paths.dataDir, 'desktop'));
  app.enableSandbox();
  registerAppScheme();
  if (app.requestSingleInstanceLock()) run(start, paths).catch(giveUp);
  else app.exit(0);
} catch (error) {
  giveUp(error);
}

async function run(start: StartOptions, paths: HostPaths): Promise<void> {
  const logsFolder = join(paths.dataDir, 'logs');
  const rootLog = createLogger({ dir: logsFolder, level: 'info', keepDays: 7 });
  const log = rootLog.child({ component: 'desktop' });
  const links: string[] = start.link ? [start.link] : [];
  let openLink = (link: string): void => {
    links.push(link);
  };
  // macOS may deliver a link before the app is ready.
  app.on('open-url', (event, link) => {
    event.preventDefault();
    openLink(link);
  });
  await app.whenReady();

  const texts = new Texts(app.getLocale());
  const connection = new EngineConnection({
    paths,
    version: packageVersion(),
    log,
    onShutdownRequest: () => app.quit(),
    onFailure: (error) => askAfterFailure(error, texts, logsFolder),
  });
  connection.client().catch(() => app.quit());

  let isQuitting = false;
  let desktop: Desktop | null = null;
  const keepsInBackground = () => !isQuitting && (process.platform === 'darwin' || desktop?.keepsInTray === true);
  serveAppScheme(join(PACKAGE_ROOT, 'out', 'renderer'));
  lockDownPages(session.defaultSession, isOwnPage, log);
  const resources = join(PACKAGE_ROOT, 'resources');
  const window = new MainWindow({
    pageUrl,
    preloadPath: join(PACKAGE_ROOT, 'out', 'preload', 'index.cjs'),
    iconPath: join(resources, 'icons', '256x256.png'),
    userData: app.getPath('userData'),
    log,
    shouldHide: keepsInBackground,
  });
  const commands = new PageCommands();
  const shellRouter = createShellRouter({ connection, window, commands, texts, logsFolder });
  offerPagePorts({ connection, shellRouter, isOwnPage, log });
  if (!start.hidden) window.show();
  desktop = new Desktop({ paths, resources, connection, window, commands, texts, log });

  app.setAsDefaultProtocolClient(LINK_SCHEME);
  app.on('second-instance', (_event, argv) => {
    const { link } = readStartOptions(argv.slice(1));
    if (link) openLink(link);
    else window.show();
  });
  app.on('activate', () => window.show());
  app.on('window-all-closed', () => {
    if (!keepsInBackground()) app.quit();
  });
  app.on('before-quit', () => {
    isQuitting = true;
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    void Promise.race([connection.close(), delay(CLOSE_TIMEOUT_MS)]).finally(() => {
      rootLog.close();
      app.exit(0);
    });
  });
  openLink = (link) => desktop?.openLink(link);
  for (const link of links.splice(0)) openLink(link);
}

function giveUp(error: unknown): void {
  dialog.showErrorBox('Mooring cannot start', error instanceof Error ? error.message : String(error));
  app.exit(1);
}
