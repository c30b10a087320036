import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Electron from 'electron';
import packageJson from '../../../package.json' with { type: 'json' };
import { closeBrowser } from './browser.ts';
import { openWindows } from './open-windows.ts';
import { record } from './record.ts';
import { SingleInstance } from './single-instance.ts';

export interface StandInEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

export function newEvent(): StandInEvent {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

type Used =
  | 'name'
  | 'isPackaged'
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'relaunch'
  | 'getVersion'
  | 'getAppPath'
  | 'getLocale'
  | 'requestSingleInstanceLock'
  | 'setAsDefaultProtocolClient'
  | 'setAppUserModelId'
  | 'setLoginItemSettings'
  | 'setBadgeCount'
  | 'enableSandbox';

class App extends EventEmitter implements Pick<Electron.App, Used> {
  name = 'Mooring';
  readonly isPackaged = false;
  #paths = new Map<string, string>();
  #instance: SingleInstance | null = null;
  #ready = false;
  #quitting = false;
  #relaunch: Electron.RelaunchOptions | null = null;
  readonly #whenReady: Promise<void>;

  constructor() {
    super();
    this.#whenReady = new Promise((resolve) => {
      setImmediate(() => {
        this.#ready = true;
        this.emit('ready', newEvent());
        resolve();
      });
    });
    // What Electron does on these signals.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.quit());
  }

  setName(name: string): void {
    this.name = name;
  }

  getPath(name: string): string {
    return this.#paths.get(name) ?? join(tmpdir(), `electron-stand-in-${process.pid}`, name);
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`There is no folder ${path}`);
    this.#paths.set(name, path);
  }

  isReady = () => this.#ready;
  whenReady = () => this.#whenReady;
  getVersion = () => packageJson.version;
  getAppPath = () => join(import.meta.dirname, '../../..');
  getLocale = () => process.env.STAND_IN_LOCALE ?? 'en-US';

  requestSingleInstanceLock(additionalData?: object): boolean {
    this.#instance = new SingleInstance(this.getPath('userData'));
    const own = { argv: process.argv, cwd: process.cwd(), data: additionalData };
    return this.#instance.request(own, ({ argv, cwd, data }) => this.emit('second-instance', newEvent(), argv, cwd, data));
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    record.protocolClients.push(scheme);
    return true;
  }

  setLoginItemSettings(settings: Electron.Settings): void {
    record.loginItem = { openAtLogin: settings.openAtLogin ?? false, args: settings.args ?? [] };
  }

  setBadgeCount(count?: number): boolean {
    record.badgeCount = count ?? 0;
    return true;
  }

  setAppUserModelId(): void {
    record.calls.push('app.setAppUserModelId');
  }

  enableSandbox(): void {
    record.calls.push('app.enableSandbox');
  }

  relaunch(options: Electron.RelaunchOptions = {}): void {
    this.#relaunch = options;
  }

  /** As Electron: `before-quit`, then every window may object, then `will-quit`, `quit`, and the process ends. */
  quit(): void {
    if (this.#quitting || !this.#allows('before-quit')) return;
    this.#quitting = true;
    for (const window of [...openWindows]) {
      if (!window.close()) {
        this.#quitting = false;
        return;
      }
    }
    this.#afterWindows();
  }

  windowClosed(): void {
    if (openWindows.size > 0 || this.#quitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  exit(code = 0): void {
    this.#instance?.release();
    this.emit('quit', newEvent(), code);
    closeBrowser().finally(() => {
      if (this.#relaunch) startAgain(this.#relaunch);
      process.exit(code);
    });
  }

  #afterWindows(): void {
    if (this.#allows('will-quit')) this.exit(0);
    else this.#quitting = false;
  }

  #allows(name: 'before-quit' | 'will-quit'): boolean {
    const event = newEvent();
    this.emit(name, event);
    return !event.defaultPrevented;
  }
}

/** In the same working directory; Electron's own switches are here those of Node. */
function startAgain({ execPath = process.execPath, args = process.argv.slice(1) }: Electron.RelaunchOptions): void {
  const child = spawn(execPath, [...process.execArgv, ...args], { detached: true, stdio: 'ignore' });
  child.unref();
}

export const app = new App();
