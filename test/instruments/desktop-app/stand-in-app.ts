import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Commands } from '../electron-stand-in/control.ts';
import type { Bounds, DesktopApp, DesktopAppOptions } from './desktop-app.ts';
import { dropFiles } from './drop-files.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const register = fileURLToPath(new URL('../electron-stand-in/register.ts', import.meta.url));
const mainFile = `${root}out/main/index.js`;
const QUIT_TIMEOUT_MS = 10_000;

interface Answer {
  id: number;
  value?: unknown;
  error?: string;
}

/** The built app on the stand-in for Electron, as a process of its own. */
export class StandInApp implements DesktopApp {
  readonly kind = 'stand-in';
  readonly page: Page;
  readonly pid: number;
  readonly #process: Controlled;
  readonly #browser: Browser;
  readonly #options: DesktopAppOptions;

  private constructor(process: Controlled, browser: Browser, page: Page, options: DesktopAppOptions) {
    this.#process = process;
    this.#browser = browser;
    this.page = page;
    this.pid = process.pid;
    this.#options = options;
  }

  static async start(options: DesktopAppOptions): Promise<StandInApp> {
    const process = new Controlled(options);
    try {
      const browser = await chromium.connectOverCDP(await process.call('pageAddress'));
      const page = browser.contexts()[0]?.pages()[0] ?? (await browser.contexts()[0]?.waitForEvent('page'));
      if (!page) throw new Error('The window has no page');
      await page.waitForURL(({ protocol }) => protocol === 'https:' || protocol === 'http:');
      await page.waitForLoadState('domcontentloaded');
      return new StandInApp(process, browser, page, options);
    } catch (error) {
      await process.kill();
      throw new Error(`The desktop app did not start:\n${process.output}`, { cause: error });
    }
  }

  /** For a start that shall fail: its exit code. */
  static run(options: DesktopAppOptions): Promise<number | null> {
    return new Controlled(options).exited;
  }

  /** Exit code, once it has ended by itself. */
  get exited(): Promise<number | null> {
    return this.#process.exited;
  }

  /** What the process printed, for the message of a test that failed. */
  get output(): string {
    return this.#process.output;
  }

  async trayItems() {
    return (await this.#process.call('tray'))?.items ?? [];
  }
  clickTray = async (path: string[]) => void (await this.#process.call('clickTray', path));
  menu = () => this.#process.call('menu');
  clickMenu = async (path: string[]) => void (await this.#process.call('clickMenu', path));
  notifications = () => this.#process.call('notifications');
  pressNotification = async (index: number, action: string | null) => void (await this.#process.call('pressNotification', index, action));
  answerFolder = async (path: string | null) => void (await this.#process.call('answerFolder', path));
  isVisible = async () => (await this.#process.call('windows')).some((window) => window.visible);
  closeWindow = async (index?: number) => void (await this.#process.call('closeWindow', index ?? null));
  openUrl = async (link: string) => void (await this.#process.call('openUrl', link));
  askPermission = (permission: string) => this.#process.call('askPermission', permission);
  /** Of the message box that has been open longest; needs `STAND_IN_DIALOGS=wait` in the environment. */
  pressButton = async (index: number) => void (await this.#process.call('pressButton', index));
  themeSource = () => this.#process.call('themeSource');
  /** Where the next text is saved; null cancels the dialog. */
  answerSave = async (path: string | null) => void (await this.#process.call('answerSave', path));
  /** What the system's clipboard holds, as text, by its formats. */
  clipboard = () => this.#process.call('clipboard');
  /** What another program puts there. */
  setClipboard = async (content: Record<string, string>) => void (await this.#process.call('setClipboard', content));
  record = () => this.#process.call('record');
  windows = () => this.#process.call('windows');
  setSystemDark = async (isDark: boolean) => void (await this.#process.call('setSystemDark', isDark));
  setBounds = async (bounds: Bounds, index = 0) => void (await this.#process.call('setBounds', bounds, index));
  async bounds(index = 0): Promise<Bounds> {
    const window = (await this.windows())[index];
    if (!window) throw new Error('There is no window');
    return window.bounds;
  }
  windowCount = async () => (await this.windows()).length;

  async dropFiles(paths: string[], place?: { x: number; y: number }): Promise<void> {
    await this.#process.call('expectFiles', paths);
    await dropFiles(this.page, paths, place);
  }

  async startSecond(args: string[]): Promise<number | null> {
    const second = new Controlled({ ...this.#options, args });
    return second.exited;
  }

  async quit(): Promise<number | null> {
    // The process may be gone before it has answered.
    this.#process.call('quit').catch(() => undefined);
    return this.#process.exited;
  }

  async dispose(): Promise<void> {
    await this.#browser.close().catch(() => undefined);
    if (this.#process.isRunning) {
      this.#process.call('quit').catch(() => undefined);
      const timer = setTimeout(() => void this.#process.kill(), QUIT_TIMEOUT_MS);
      await this.#process.exited;
      clearTimeout(timer);
    }
  }
}

/** A process with the stand-in's control channel. */
class Controlled {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly exited: Promise<number | null>;
  output = '';
  #nextId = 1;

  constructor({ dataDir, args = [], env = {}, cwd = root }: DesktopAppOptions) {
    this.#child = fork(mainFile, ['--data-dir', dataDir, ...args], {
      execArgv: ['--import', register],
      env: { ...process.env, ...env },
      silent: true,
      cwd,
    });
    this.exited = once(this.#child, 'exit').then(([code]) => code as number | null);
    const collect = (chunk: Buffer) => {
      this.output += chunk.toString();
    };
    this.#child.stdout?.on('data', collect);
    this.#child.stderr?.on('data', collect);
    this.#child.on('message', (answer: Answer) => {
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
    void this.exited.then(() => {
      for (const [id, answer] of this.#waiting) answer({ id, error: `The process ended.\n${this.output}` });
      this.#waiting.clear();
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  call<C extends keyof Commands>(command: C, ...args: Parameters<Commands[C]>): Promise<Awaited<ReturnType<Commands[C]>>> {
    return new Promise((resolve, reject) => {
      if (!this.isRunning) {
        reject(new Error(`The process has ended.\n${this.output}`));
        return;
      }
      const id = this.#nextId++;
      this.#waiting.set(id, ({ value, error }) =>
        error === undefined ? resolve(value as Awaited<ReturnType<Commands[C]>>) : reject(new Error(error)),
      );
      this.#child.send({ id, command, args });
    });
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exited;
  }
}
