import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import type { Logger } from '#core/log/logger.ts';
import type { Config } from '#shared/contract/config.ts';
import { boundsOnScreen, readWindowState, type WindowState, writeWindowState } from './window-state.ts';

/** What the page shows before its styles are there; the same as its own ground, so that nothing flashes. */
const GROUND = { light: '#ffffff', dark: '#14191f' };
const DEFAULT_SIZE = { width: 1240, height: 800 };
const DEFAULT_SIZE_AT = { x: 0, y: 0, ...DEFAULT_SIZE };

export interface MainWindowOptions {
  pageUrl: string;
  preloadPath: string;
  iconPath: string;
  /** Folder of the window's own small state. */
  userData: string;
  log: Logger;
  /** Whether a closed window stays in the background instead of ending the program. */
  shouldHide(): boolean;
}

/** So far to the right of the window before it, and below, another one opens, in pixels. */
const STEP_PX = 28;

/** The main window: opened, hidden, brought back, and put where it was; and the others that were opened beside it, which go when they are closed. */
export class MainWindow {
  readonly #options: MainWindowOptions;
  readonly #statePath: string;
  #state: WindowState;
  #window: BrowserWindow | null = null;
  readonly #others = new Set<BrowserWindow>();
  /** The one that was in front last. */
  #front: BrowserWindow | null = null;
  #onVisibility: () => void = () => undefined;

  constructor(options: MainWindowOptions) {
    this.#options = options;
    this.#statePath = join(options.userData, 'window.json');
    this.#state = readWindowState(this.#statePath);
    nativeTheme.themeSource = this.#state.theme;
    nativeTheme.on('updated', () => {
      for (const window of this.#all) window.setBackgroundColor(ground());
    });
  }

  /** The window in front, for a dialog that belongs to it, and for what is asked of “the” window. */
  get native(): BrowserWindow | null {
    return this.#front ?? this.#window;
  }

  get isVisible(): boolean {
    return this.#all.some((window) => window.isVisible() && !window.isMinimized());
  }

  get isFocused(): boolean {
    return this.isVisible && this.#all.some((window) => window.isFocused());
  }

  get #all(): BrowserWindow[] {
    return [...(this.#window ? [this.#window] : []), ...this.#others];
  }

  onVisibility(listener: () => void): void {
    this.#onVisibility = listener;
  }

  /** Opens the window, or brings it to the front. */
  show(): void {
    const window = this.#window ?? this.#open();
    // Told of by the system only when it has happened.
    this.#front = window;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** Opens another window, which shows `address` (`#/…`) and keeps nothing for the next start. */
  openAnother(address: string): void {
    const { x, y, width, height } = this.native?.getNormalBounds() ?? DEFAULT_SIZE_AT;
    const window = this.#create({ x: x + STEP_PX, y: y + STEP_PX, width, height }, `${this.#options.pageUrl}?window=new${address}`);
    this.#others.add(window);
    window.on('closed', () => this.#others.delete(window));
    window.show();
    window.focus();
  }

  setProgress(fraction: number | null): void {
    this.#window?.setProgressBar(fraction ?? -1);
  }

  setTheme(theme: Config['appearance']['theme']): void {
    if (theme === this.#state.theme) return;
    nativeTheme.themeSource = theme;
    this.#state = { ...this.#state, theme };
    this.#write();
  }

  #open(): BrowserWindow {
    const window = this.#create(this.#state.bounds, this.#options.pageUrl);
    this.#window = window;
    if (this.#state.isMaximized) window.maximize();
    window.on('close', (event) => this.#close(window, event));
    window.on('closed', () => {
      this.#window = null;
    });
    return window;
  }

  #create(bounds: WindowState['bounds'], url: string): BrowserWindow {
    const { pageUrl, preloadPath, iconPath, log } = this.#options;
    const workAreas = screen.getAllDisplays().map((display) => display.workArea);
    const window = new BrowserWindow({
      ...DEFAULT_SIZE,
      ...boundsOnScreen(bounds, workAreas),
      minWidth: 640,
      minHeight: 480,
      show: false,
      title: app.name,
      icon: iconPath,
      backgroundColor: ground(),
      // The menu bar would cost a row on Linux and Windows; Alt shows it, its accelerators always work.
      autoHideMenuBar: true,
      webPreferences: {
        preload: preloadPath,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
      },
    });
    window.on('focus', () => {
      this.#front = window;
    });
    window.on('closed', () => {
      if (this.#front === window) this.#front = null;
    });
    for (const name of ['show', 'hide', 'minimize', 'restore'] as const) window.on(name as 'show', () => this.#onVisibility());
    window.webContents.on('render-process-gone', (_event, details) => {
      log.error({ details }, 'The page crashed; it is loaded again');
      if (details.reason !== 'clean-exit') void window.loadURL(pageUrl);
    });
    window.loadURL(url).catch((error) => log.error({ err: error }, 'The page could not be loaded'));
    return window;
  }

  #close(window: BrowserWindow, event: { preventDefault(): void }): void {
    this.#state = { ...this.#state, bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
    this.#write();
    if (!this.#options.shouldHide()) return;
    event.preventDefault();
    hide(window);
  }

  #write(): void {
    try {
      writeWindowState(this.#statePath, this.#state);
    } catch (error) {
      // Where the window was is not worth a message to the user.
      this.#options.log.warn({ err: error }, 'The place of the window was not written');
    }
  }
}

/** On macOS a full screen would stay behind, black. */
function hide(window: BrowserWindow): void {
  if (process.platform === 'darwin' && window.isFullScreen()) {
    window.once('leave-full-screen', () => window.hide());
    window.setFullScreen(false);
  } else window.hide();
}

function ground(): string {
  return nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light;
}
