import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { Page, Route } from 'playwright-core';
import { app, newEvent } from './app.ts';
import { openBrowser } from './browser.ts';
import { ipcMain, type MessagePortMain } from './message-ports.ts';
import { onThemeChange, pageColorScheme } from './native-ui.ts';
import { type OpenWindow, openWindows } from './open-windows.ts';
import { PageBridge } from './page-bridge.ts';
import { fromPageUrl, fulfill, toPageUrl } from './protocol.ts';
import { record } from './record.ts';

type OpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };

class WebFrameMain {
  readonly parent = null;
  url = 'about:blank';
  #bridge: () => PageBridge | null;

  constructor(bridge: () => PageBridge | null) {
    this.#bridge = bridge;
  }

  get top(): WebFrameMain {
    return this;
  }

  postMessage(channel: string, message: unknown, transfer: MessagePortMain[] = []): void {
    this.#bridge()?.postMessage(channel, message, transfer);
  }
}

class WebContents extends EventEmitter {
  readonly mainFrame: WebFrameMain;
  openHandler: OpenHandler = () => ({ action: 'allow' });

  constructor(bridge: () => PageBridge | null) {
    super();
    this.mainFrame = new WebFrameMain(bridge);
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  /** No screen is there to drag over: what was dragged is remembered. */
  startDrag({ file, files = [file] }: Electron.Item): void {
    record.dragged.push(files);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }
}

/** Resolves when the first window shows its page: before that, Chromium is still busy with opening it. */
export const firstLoad = Promise.withResolvers<void>();

/** Each has a handler of its own for what it loads. */
const pagesOfWindows = new WeakSet<Page>();
/**
 * Windows that open at once load their first pages one after the other: none takes that of another, and no page begins to load while Chromium is
 * being told anew who handles what pages load.
 */
let lastFirstLoad: Promise<unknown> = Promise.resolve();

/** The page that a browser begins with, or another one. */
async function takePage(): Promise<Page> {
  const context = await openBrowser(app.getPath('userData'));
  const isFree = (page: Page) => page.url() === 'about:blank' && !pagesOfWindows.has(page);
  const page = context.pages().find(isFree) ?? (await context.newPage());
  pagesOfWindows.add(page);
  return page;
}

type Used = 'show' | 'hide' | 'focus' | 'isVisible' | 'isFocused' | 'isMinimized' | 'restore' | 'isMaximized' | 'maximize' | 'isFullScreen';

/** A window is a page; whether it is shown, focused or minimised is only remembered, since no screen is there. */
export class BrowserWindow extends EventEmitter implements OpenWindow, Pick<Electron.BrowserWindow, Used> {
  readonly webContents = new WebContents(() => this.#bridge);
  readonly options: Electron.BrowserWindowConstructorOptions;
  #bridge: PageBridge | null = null;
  #page: Page | null = null;
  #state = { visible: false, focused: false, minimized: false, maximized: false };
  #bounds: Electron.Rectangle;
  #destroyed = false;
  #mainLoad = '';

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
    this.#bounds = { x: options.x ?? 100, y: options.y ?? 100, width: options.width ?? 800, height: options.height ?? 600 };
    const preferences = options.webPreferences ?? {};
    // The page of the stand-in is always isolated and without Node; a window that asks for less must not pass.
    if (preferences.nodeIntegration || preferences.contextIsolation === false || preferences.sandbox === false) {
      throw new Error('The stand-in opens sandboxed, isolated windows without Node alone');
    }
    openWindows.add(this);
    if (options.show !== false) this.show();
    app.emit('web-contents-created', newEvent(), this.webContents);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...openWindows].filter((window): window is BrowserWindow => window instanceof BrowserWindow);
  }

  async loadURL(url: string): Promise<void> {
    if (this.#page) return this.#load(this.#page, url);
    const loaded = lastFirstLoad.then(async () => {
      // Closed before its turn came: there is nothing to open.
      if (!this.#destroyed) await this.#load(await this.#openPage(), url);
    });
    lastFirstLoad = loaded.catch(() => undefined);
    await loaded;
  }

  async #load(page: Page, url: string): Promise<void> {
    this.#mainLoad = toPageUrl(url);
    await page.goto(this.#mainLoad, { waitUntil: 'domcontentloaded' });
    firstLoad.resolve();
    this.emit('ready-to-show');
  }

  async #openPage(): Promise<Page> {
    const page = await takePage();
    const context = page.context();
    this.#page = page;
    if (this.#destroyed) await page.close();
    await page.setViewportSize({ width: this.#bounds.width, height: this.#bounds.height });
    await page.emulateMedia({ colorScheme: pageColorScheme() });
    const stop = onThemeChange(() => void page.emulateMedia({ colorScheme: pageColorScheme() }));
    this.once('closed', stop);
    const session = await context.newCDPSession(page);
    await session.send('Page.enable');
    session.on('Page.windowOpen', ({ url }) => this.#windowOpened(fromPageUrl(url)));
    await context.route('**/*', (route) => this.#request(page, route));
    page.on('popup', (popup) => void popup.close());
    page.on('crash', () => this.webContents.emit('render-process-gone', newEvent(), { reason: 'crashed', exitCode: 1 }));
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.webContents.mainFrame.url = fromPageUrl(frame.url());
    });
    const preload = this.options.webPreferences?.preload;
    if (preload) this.#bridge = await PageBridge.attach(page, preload, (channel, args) => this.#ipc(channel, args));
    return page;
  }

  #ipc(channel: string, args: unknown[]): void {
    const frame = this.webContents.mainFrame;
    ipcMain.dispatch(channel, { sender: this.webContents, senderFrame: frame, ports: [], type: 'frame' }, args);
  }

  async #request(page: Page, route: Route): Promise<void> {
    const request = route.request();
    // The page of a window that ours has opened: it is closed, and loads nothing before that.
    const asking = pageOf(route);
    if (asking !== page && asking !== null && pagesOfWindows.has(asking)) return route.fallback();
    if (asking !== page) return route.abort('blockedbyclient');
    if (request.isNavigationRequest() && request.frame() === page.mainFrame() && request.url() !== this.#mainLoad) {
      const event = { ...newEvent(), url: fromPageUrl(request.url()), isMainFrame: true };
      this.webContents.emit('will-navigate', event, event.url);
      if (event.defaultPrevented) {
        record.deniedNavigations.push(event.url);
        return route.abort('aborted');
      }
    }
    if (await fulfill(route)) return;
    record.foreignRequests.push(request.url());
    await route.abort('blockedbyclient');
  }

  /** Chromium opens the window before anybody is asked; the answer is what counts, and the window is closed. */
  #windowOpened(url: string): void {
    if (this.webContents.openHandler({ url }).action !== 'deny') throw new Error('The stand-in knows no second kind of window');
    record.deniedWindows.push(url);
  }

  expectFiles = async (paths: string[]) => void (await this.#bridge?.expectFiles(paths));
  isDestroyed = () => this.#destroyed;
  isVisible = () => this.#state.visible;
  isFocused = () => this.#state.focused;
  isMinimized = () => this.#state.minimized;
  isMaximized = () => this.#state.maximized;
  isFullScreen = () => false;
  getBounds = () => ({ ...this.#bounds });
  getNormalBounds = () => ({ ...this.#bounds });

  show(): void {
    this.#state.visible = true;
    this.focus();
    this.emit('show');
  }

  hide(): void {
    this.#state.visible = false;
    this.#state.focused = false;
    this.emit('hide');
  }

  focus(): void {
    this.#state.focused = true;
    this.emit('focus');
  }

  restore(): void {
    this.#state.minimized = false;
  }

  maximize(): void {
    this.#state.maximized = true;
    this.emit('maximize');
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    Object.assign(this.#bounds, bounds);
    void this.#page?.setViewportSize({ width: this.#bounds.width, height: this.#bounds.height });
    this.emit('resize');
  }

  setProgressBar(fraction: number): void {
    record.progress = fraction;
  }

  setBackgroundColor(color: string): void {
    record.backgroundColor = color;
  }

  close(): boolean {
    const event = newEvent();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    this.destroy();
    return true;
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    openWindows.delete(this);
    this.#bridge?.close();
    void this.#page?.close();
    this.emit('closed');
    app.windowClosed();
  }
}

/** Null for a page so new that Playwright does not know its frame yet: a window that a page opened. */
function pageOf(route: Route): Page | null {
  try {
    return route.request().frame().page();
  } catch {
    // “Frame for this navigation request is not available”
    return null;
  }
}
