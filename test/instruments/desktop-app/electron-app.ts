import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as Electron from 'electron';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';
import type { Bounds, DesktopApp, DesktopAppOptions, MenuItemView } from './desktop-app.ts';
import { dropFiles } from './drop-files.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const recorder = fileURLToPath(new URL('./record-native.cjs', import.meta.url));

/** What `record-native.cjs` leaves in the app's process. */
interface Seen {
  trayMenu: Electron.Menu | null;
  notifications: { notification: Electron.Notification; isShown: boolean }[];
  folders: (string | null)[];
}
declare global {
  var mooringTest: Seen;
}

/** The built app on the real Electron, driven by Playwright. */
export class ElectronApp implements DesktopApp {
  readonly kind = 'electron';
  readonly page: Page;
  readonly #app: ElectronApplication;
  readonly #process: ChildProcess;
  readonly #exited: Promise<number | null>;
  readonly #options: DesktopAppOptions;

  private constructor(app: ElectronApplication, page: Page, options: DesktopAppOptions) {
    this.#app = app;
    this.#process = app.process();
    this.#exited = once(this.#process, 'exit').then(([code]) => code as number | null);
    this.page = page;
    this.#options = options;
  }

  static async start(options: DesktopAppOptions): Promise<ElectronApp> {
    const app = await electron.launch({
      args: ['-r', recorder, ...commandLine(options)],
      cwd: options.cwd ?? root,
      env: { ...(process.env as Record<string, string>), ...options.env },
    });
    const page = await app.firstWindow();
    await page.waitForLoadState('domcontentloaded');
    return new ElectronApp(app, page, options);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  trayItems = () => this.#app.evaluate(viewMenu, 'tray' as const);
  menu = () => this.#app.evaluate(viewMenu, 'application' as const);
  clickTray = (path: string[]) => this.#app.evaluate(clickMenu, { which: 'tray' as const, path });
  clickMenu = (path: string[]) => this.#app.evaluate(clickMenu, { which: 'application' as const, path });

  notifications = () =>
    this.#app.evaluate(() =>
      globalThis.mooringTest.notifications.map(({ notification, isShown }, index) => ({
        index,
        title: notification.title,
        body: notification.body,
        actions: notification.actions.map((action) => action.text ?? ''),
        isShown,
      })),
    );

  pressNotification = (index: number, action: string | null) =>
    this.#app.evaluate(
      (_electron, press) => {
        const notification = globalThis.mooringTest.notifications[press.index]?.notification;
        const actionIndex = notification?.actions.findIndex(({ text }) => text === press.action) ?? -1;
        if (press.action === null) notification?.emit('click', {});
        else notification?.emit('action', { actionIndex }, actionIndex);
      },
      { index, action },
    );

  answerFolder = (path: string | null) => this.#app.evaluate((_electron, answer) => void globalThis.mooringTest.folders.push(answer), path);
  isVisible = () => this.#app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible()));
  closeWindow = (index?: number) =>
    this.#app.evaluate(({ BrowserWindow }, only) => {
      const windows = BrowserWindow.getAllWindows().sort((a, b) => a.id - b.id);
      for (const [at, window] of windows.entries()) if (only === null || at === only) window.close();
    }, index ?? null);
  bounds = (index = 0) =>
    this.#app.evaluate(({ BrowserWindow }, at) => {
      const window = BrowserWindow.getAllWindows().sort((a, b) => a.id - b.id)[at];
      if (!window) throw new Error('There is no window');
      return window.getBounds();
    }, index);
  setBounds = (bounds: Bounds, index = 0) =>
    this.#app.evaluate(
      ({ BrowserWindow }, to) =>
        BrowserWindow.getAllWindows()
          .sort((a, b) => a.id - b.id)
          [to.index]?.setBounds(to.bounds),
      { bounds, index },
    );
  openUrl = (link: string) =>
    this.#app.evaluate(({ app }, url) => void app.emit('open-url', { preventDefault: () => undefined }, url), link);
  dropFiles = (paths: string[], place?: { x: number; y: number }) => dropFiles(this.page, paths, place);
  windowCount = () => this.#app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

  async askPermission(permission: string): Promise<boolean> {
    const state = await this.page.evaluate<string>(
      `navigator.permissions.query({ name: ${JSON.stringify(permission)} }).then((status) => status.state)`,
    );
    return state === 'granted';
  }

  async startSecond(args: string[]): Promise<number | null> {
    const program = createRequire(import.meta.url)('electron') as unknown as string;
    const second = spawn(program, commandLine({ ...this.#options, args }), { cwd: root, stdio: 'ignore' });
    const [code] = await once(second, 'exit');
    return code;
  }

  async quit(): Promise<number | null> {
    // The answer does not come: the process is gone before.
    this.#app.evaluate(({ app }) => app.quit()).catch(() => undefined);
    return this.#exited;
  }

  async dispose(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) await this.#app.close();
  }
}

function commandLine({ dataDir, args = [] }: DesktopAppOptions): string[] {
  // Chromium's sandbox refuses root, which mounting disk images needs.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return [root, ...sandbox, '--data-dir', dataDir, ...args];
}

type Which = 'tray' | 'application';

/** Runs in the app's process. */
function viewMenu({ Menu }: typeof Electron, which: Which): MenuItemView[] {
  const view = (menu: Electron.Menu | null | undefined): MenuItemView[] =>
    (menu?.items ?? [])
      .filter((item) => item.visible)
      .map((item) => ({
        label: item.label,
        type: item.type,
        role: item.role ?? null,
        enabled: item.enabled,
        checked: item.checked,
        accelerator: item.accelerator ?? null,
        submenu: view(item.submenu),
      }));
  return view(which === 'tray' ? globalThis.mooringTest.trayMenu : Menu.getApplicationMenu());
}

/** Runs in the app's process. */
function clickMenu({ Menu }: typeof Electron, { which, path }: { which: Which; path: string[] }): void {
  let menu: Electron.Menu | null | undefined = which === 'tray' ? globalThis.mooringTest.trayMenu : Menu.getApplicationMenu();
  let found: Electron.MenuItem | undefined;
  for (const label of path) {
    found = menu?.items.find((item) => item.label.startsWith(label));
    menu = found?.submenu;
  }
  if (!found) throw new Error(`No menu item ${path.join(' › ')}`);
  found.click();
}
