import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import type { Logger } from '#core/log/logger.ts';
import type { Config } from '#shared/contract/config.ts';
import { boundsOnScreen, readWindowState, type WindowState, writeWindowState } from './window-state.ts';

/** What the page shows before its styles are there; the same as its own ground, so that nothing flashes. */
const GROUND = { light: '#ffffff', dark: '#14191f' };
const DEFAULT_SIZE = { width: 1240, height: 800 };

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

/** The one window: opened, hidden, brought back, and put where it was. */
export class MainWindow {
  readonly #options: MainWindowOptions;
  readonly #statePath: string;
  #state: WindowState;
  #window: BrowserWindow | null = null;
  #onVisibility: () => void = () => undefined;

  constructor(options: MainWindowOptions) {
    this.#options = options;
    this.#statePath = join(options.userData, 'window.json');
    this.#state = readWindowState(this.#statePath);
    nativeTheme.themeSource = this.#state.theme;
    nativeTheme.on('updated', () => this.#window?.setBackgroundColor(ground()));
  }

  /** The window, for a dialog that belongs to it. */
  get native(): BrowserWindow | null {
    return this.#window;
  }

  get isVisible(): boolean {
    return this.#window?.isVisible() === true && !this.#window.isMinimized();
  }

  get isFocused(): boolean {
    return this.isVisible && this.#window?.isFocused() === true;
  }

  onVisibility(listener: () => void): void {
    this.#onVisibility = listener;
  }

  /** Opens the window, or brings it to the front. */
  show(): void {
    const window = this.#window ?? this.#open();
    if (window.isMinimized()) window.restore();
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
    const { pageUrl, preloadPath, iconPath, log } = this.#options;
    const workAreas = screen.getAllDisplays().map((display) => display.workArea);
    const window = new BrowserWindow({
      ...DEFAULT_SIZE,
      ...boundsOnScreen(this.#state.bounds, workAreas),
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
    this.#window = window;
    if (this.#state.isMaximized) window.maximize();
    window.on('close', (event) => this.#close(window, event));
    window.on('closed', () => {
      this.#window = null;
    });
    for (const name of ['show', 'hide', 'minimize', 'restore'] as const) window.on(name as 'show', () => this.#onVisibility());
    window.webContents.on('render-process-gone', (_event, details) => {
      log.error({ details }, 'The page crashed; it is loaded again');
      if (details.reason !== 'clean-exit') void window.loadURL(pageUrl);
    });
    window.loadURL(pageUrl).catch((error) => log.error({ err: error }, 'The page could not be loaded'));
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
