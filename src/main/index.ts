/**
 * @file Start of the desktop app, in order: which data folder, the only process on it, the engine, the windows, and
 * everything around them. Electron's own ways to quit all end in `will-quit`, where the engine is closed.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { app, dialog, session } from 'electron';
import { endIfHeldUp } from '#core/host/end-process.ts';
import { type HostPaths, hostPaths } from '#core/host/host-paths.ts';
import { PACKAGE_ROOT, packageVersion } from '#core/host/package-root.ts';
import { leaveStartFolder } from '#core/host/start-folder.ts';
import { createLogger } from '#core/log/create-logger.ts';
import { isDevContent, isPageUrl, PAGE_URL, registerAppScheme, serveAppScheme, serveContentFor } from './app-scheme.ts';
import { AppWindows } from './app-windows.ts';
import { Desktop } from './desktop.ts';
import { EngineConnection } from './engine-connection.ts';
import { wasOpenedAtLogin } from './login-item.ts';
import { PageCommands } from './page-commands.ts';
import { offerPagePorts } from './page-ports.ts';
import { lockDownPages } from './security.ts';
import { createShellRouter } from './shell-router.ts';
import { askAfterFailure } from './start-failure.ts';
import { readStartOptions, relaunchArguments, type StartOptions } from './start-options.ts';
import { Texts } from './texts.ts';

const LINK_SCHEME = 'mooring';
/** An orderly end takes no longer; what is not done by then is recovered at the next start. */
const CLOSE_TIMEOUT_MS = 4800;

/** While developing, the page comes from Vite's server. */
const devServer = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
const pageUrl = devServer ?? PAGE_URL;
const devOrigin = devServer ? new URL(devServer).origin : null;
const isOwnPage = (url: string) => (devOrigin ? url.startsWith(`${devOrigin}/`) && !isDevContent(devOrigin, url) : isPageUrl(url));

try {
  const argv = process.argv.slice(1);
  const start = readStartOptions(argv);
  const paths = hostPaths(start);
  const relaunchArgs = relaunchArguments(argv, app.isPackaged ? null : app.getAppPath());
  leaveStartFolder();
  app.setName('Mooring');
  app.setAppUserModelId('app.mooring.desktop');
  // One window per data folder: Electron's lock and Chromium's profile lie in it too.
  const userData = join(paths.dataDir, 'desktop');
  makeFolder(userData);
  app.setPath('userData', userData);
  app.enableSandbox();
  registerAppScheme();
  // Chromium reorders the command line that it hands over; this is handed over as it is.
  if (app.requestSingleInstanceLock(start)) run(start, paths, relaunchArgs).catch(giveUp);
  else app.exit(0);
} catch (error) {
  giveUp(error);
}

async function run(start: StartOptions, paths: HostPaths, relaunchArgs: string[]): Promise<void> {
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
    onGivenUp: () => app.quit(),
  });

  let isQuitting = false;
  let desktop: Desktop | null = null;
  const keepsInBackground = () => !isQuitting && (process.platform === 'darwin' || desktop?.keepsInTray === true);
  serveAppScheme(join(PACKAGE_ROOT, 'out', 'renderer'), () => connection.socketPath());
  if (devOrigin) serveContentFor(devOrigin, () => connection.socketPath());
  lockDownPages(session.defaultSession, isOwnPage, log);
  const resources = join(PACKAGE_ROOT, 'resources');
  const windows = new AppWindows({
    pageUrl,
    preloadPath: join(PACKAGE_ROOT, 'out', 'preload', 'index.cjs'),
    iconPath: join(resources, 'icons', '256x256.png'),
    userData: app.getPath('userData'),
    log,
    shouldHide: keepsInBackground,
    isQuitting: () => isQuitting,
  });
  const commands = new PageCommands();
  const dragIcon = join(resources, 'icons', '64x64.png');
  const shellRouter = createShellRouter({ connection, windows, commands, texts, dragIcon, logsFolder, relaunchArgs });
  offerPagePorts({ connection, shellRouter, isOwnPage, log });
  if (!start.hidden && !wasOpenedAtLogin()) windows.show();
  desktop = new Desktop({ paths, resources, connection, windows, commands, texts, log });

  // Run from source, the program is Electron itself, which has to be told what to run.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  else app.setAsDefaultProtocolClient(LINK_SCHEME, process.execPath, [app.getAppPath()]);
  app.on('second-instance', (_event, _argv, _folder, second) => {
    // A second start of another version may say less.
    const { link, hidden } = (second ?? {}) as Partial<StartOptions>;
    if (link) openLink(link);
    else if (!hidden) windows.show();
  });
  app.on('activate', () => windows.show());
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
      endIfHeldUp(connection);
      app.exit(0);
    });
  });
  openLink = (link) => desktop?.openLink(link);
  for (const link of links.splice(0)) openLink(link);
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Error(`${path} cannot be written. Check its permissions, or choose another data folder.`, { cause: error });
  }
}

function giveUp(error: unknown): void {
  dialog.showErrorBox('Mooring cannot start', error instanceof Error ? error.message : String(error));
  app.exit(1);
}
