import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import type { Logger } from '#core/log/logger.ts';
import type { Config } from '#shared/contract/config.ts';
import {
  boundsOnScreen,
  freeNumber,
  MOST_OTHERS,
  type OtherWindow,
  readWindowState,
  type WindowState,
  writeWindowState,
} from './window-state.ts';

/** What the page shows before its styles are there; the same as its own ground, so that nothing flashes. */
const GROUND = { light: '#ffffff', dark: '#14191f' };
const DEFAULT_SIZE = { width: 1240, height: 800 };
const DEFAULT_SIZE_AT = { x: 0, y: 0, ...DEFAULT_SIZE };

export interface AppWindowsOptions {
  pageUrl: string;
  preloadPath: string;
  iconPath: string;
  /** Folder of the window's own small state. */
  userData: string;
  log: Logger;
  /** Whether a closed window stays in the background instead of ending the program. */
  shouldHide(): boolean;
  /** Whether windows close because the program ends: those are opened again at the next start. */
  isQuitting(): boolean;
}

/** So far to the right of the window before it, and below, another one opens, in pixels. */
const STEP_PX = 28;

/**
 * The main window: opened, hidden, brought back, and put where it was; and the others that were opened beside it. Those that are open when Mooring
 * ends are there again at the next start; one that is closed while others stay is gone.
 */
export class AppWindows {
  readonly #options: AppWindowsOptions;
  readonly #statePath: string;
  #state: WindowState;
  #window: BrowserWindow | null = null;
  /** By their numbers. */
  readonly #others = new Map<number, BrowserWindow>();
  /** The one that was in front last. */
  #front: BrowserWindow | null = null;
  #onVisibility: () => void = () => undefined;

  constructor(options: AppWindowsOptions) {
    this.#options = options;
    this.#statePath = join(options.userData, 'window.json');
    this.#state = readWindowState(this.#statePath);
    nativeTheme.themeSource = this.#state.theme;
    nativeTheme.on('updated', () => {
      for (const window of this.#all) window.setBackgroundColor(ground());
    });
  }

  /** The window in front, for a dialog that belongs to it, and for what is asked of “the” window. */
  get front(): BrowserWindow | null {
    return this.#front ?? this.#window;
  }

  get isVisible(): boolean {
    return this.#all.some((window) => window.isVisible() && !window.isMinimized());
  }

  get isFocused(): boolean {
    return this.isVisible && this.#all.some((window) => window.isFocused());
  }

  get #all(): BrowserWindow[] {
    return [...(this.#window ? [this.#window] : []), ...this.#others.values()];
  }

  onVisibility(listener: () => void): void {
    this.#onVisibility = listener;
  }

  /** Opens the window, with those that were open beside it, or brings it to the front. */
  show(): void {
    const isBeginning = this.#all.length === 0;
    const window = this.#window ?? this.#open();
    if (isBeginning) for (const other of this.#state.others) this.#openOther(other, '').show();
    // Told of by the system only when it has happened.
    this.#front = window;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** Opens another window, which shows `address` (`#/…`). */
  openAnother(address: string): void {
    const { x, y, width, height } = this.front?.getNormalBounds() ?? DEFAULT_SIZE_AT;
    const bounds = { x: x + STEP_PX, y: y + STEP_PX, width, height };
    const other: OtherWindow = { number: freeNumber(this.#state.others), bounds, isMaximized: false };
    this.#keepOthers([...this.#state.others, other]);
    const window = this.#openOther(other, address);
    window.show();
    window.focus();
  }

  /** @param address empty: what its page has kept */
  #openOther({ number, bounds, isMaximized }: OtherWindow, address: string): BrowserWindow {
    const window = this.#create(bounds, `?window=${number}`, address);
    this.#others.set(number, window);
    if (isMaximized) window.maximize();
    window.on('close', () => {
      const now = { number, bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
      this.#keepOthers(this.#state.others.map((other) => (other.number === number ? now : other)));
    });
    window.on('closed', () => {
      this.#others.delete(number);
      // The last one that is closed ends the program, and is there again, too.
      const isEnd = this.#options.isQuitting() || this.#all.length === 0;
      if (!isEnd) this.#keepOthers(this.#state.others.filter((other) => other.number !== number));
    });
    return window;
  }

  #keepOthers(others: OtherWindow[]): void {
    this.#state = { ...this.#state, others };
    this.#write();
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
    const window = this.#create(this.#state.bounds);
    this.#window = window;
    if (this.#state.isMaximized) window.maximize();
    window.on('close', (event) => this.#close(window, event));
    window.on('closed', () => {
      this.#window = null;
    });
    return window;
  }

  /** @param parameters of the address of its page, which it has after a crash, too; `hash`: what it shows at first */
  #create(bounds: WindowState['bounds'], parameters = '', hash = ''): BrowserWindow {
    const { preloadPath, iconPath, log } = this.#options;
    const pageUrl = this.#options.pageUrl + parameters;
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
    window.loadURL(pageUrl + hash).catch((error) => log.error({ err: error }, 'The page could not be loaded'));
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
      writeWindowState(this.#statePath, { ...this.#state, others: this.#state.others.slice(0, MOST_OTHERS) });
    } catch (error) {
      // Where the windows were is not worth a message to the user.
      this.#options.log.warn({ err: error }, 'The places of the windows were not written');
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
