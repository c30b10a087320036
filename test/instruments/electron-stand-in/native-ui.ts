import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type * as Electron from 'electron';
import { newEvent } from './app.ts';
import { record } from './record.ts';

type Template = Electron.MenuItemConstructorOptions;

/** A menu keeps its template: what a person would read in it, and what a click would call. */
export class Menu {
  static application: Menu | null = null;
  readonly items: Template[];

  constructor(items: Template[] = []) {
    this.items = items;
  }

  static buildFromTemplate(template: Template[]): Menu {
    return new Menu(template);
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.application = menu;
  }

  /** `path`: the labels from the top, e.g. `['USB STICK', 'Eject']`; a label matches by its beginning. */
  click(path: string[]): void {
    let items = this.items;
    let found: Template | undefined;
    for (const label of path) {
      found = items.find((item) => item.label?.startsWith(label));
      items = Array.isArray(found?.submenu) ? found.submenu : [];
    }
    if (!found) throw new Error(`No menu item ${path.join(' › ')}`);
    if (found.enabled === false) throw new Error(`Menu item ${path.join(' › ')} is disabled`);
    found.click?.(found as unknown as Electron.MenuItem, undefined, { triggeredByAccelerator: false } as Electron.KeyboardEvent);
  }
}

class NativeImage {
  readonly path: string;
  isTemplate = false;

  constructor(path: string) {
    this.path = path;
  }

  isEmpty(): boolean {
    return readFileSync(this.path).length === 0;
  }

  setTemplateImage(isTemplate: boolean): void {
    this.isTemplate = isTemplate;
  }
}

export const nativeImage = {
  /** Unlike Electron, which shows nothing, it throws when the file is missing: a test must see that. */
  createFromPath(path: string): NativeImage {
    const image = new NativeImage(path);
    if (image.isEmpty()) throw new Error(`${path} is empty`);
    return image;
  },
};

export class Tray extends EventEmitter {
  static shown: Tray | null = null;
  image: NativeImage;
  toolTip = '';
  menu: Menu | null = null;

  constructor(image: NativeImage) {
    super();
    this.image = image;
    Tray.shown = this;
  }

  setImage(image: NativeImage): void {
    this.image = image;
  }

  setToolTip(text: string): void {
    this.toolTip = text;
  }

  setContextMenu(menu: Menu): void {
    this.menu = menu;
  }

  destroy(): void {
    Tray.shown = null;
  }
}

export class Notification extends EventEmitter {
  static readonly shown: Notification[] = [];
  readonly options: Electron.NotificationConstructorOptions;
  isShown = false;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.options = options;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    this.isShown = true;
    Notification.shown.push(this);
  }

  close(): void {
    this.isShown = false;
    this.emit('close', newEvent());
  }

  /** `action`: the text of one of its buttons; null: the notification itself. */
  press(action: string | null): void {
    if (action === null) {
      this.emit('click', newEvent());
      return;
    }
    const actionIndex = (this.options.actions ?? []).findIndex((candidate) => candidate.text === action);
    if (actionIndex < 0) throw new Error(`The notification “${this.options.title}” has no button “${action}”`);
    this.emit('action', { ...newEvent(), actionIndex }, actionIndex);
  }
}

/** What the next dialogs answer, in order; a dialog nobody expected is cancelled. */
export const answers = { folders: [] as (string | null)[], savePaths: [] as (string | null)[] };

/** With `STAND_IN_DIALOGS=wait` a message box stays open until `pressButton`; else it is cancelled at once. */
const openBoxes: ((button: number) => void)[] = [];
export function pressButton(index: number): void {
  const press = openBoxes.shift();
  if (!press) throw new Error('No message box is open');
  press(index);
}

type DialogArguments<T> = [unknown, T] | [T];

export const dialog = {
  async showOpenDialog(..._arguments: unknown[]): Promise<Electron.OpenDialogReturnValue> {
    const path = answers.folders.shift() ?? null;
    return { canceled: path === null, filePaths: path === null ? [] : [path] };
  },
  async showSaveDialog(..._arguments: unknown[]): Promise<Electron.SaveDialogReturnValue> {
    const path = answers.savePaths.shift() ?? null;
    return { canceled: path === null, filePath: path ?? '' };
  },
  async showMessageBox(...call: DialogArguments<Electron.MessageBoxOptions>): Promise<Electron.MessageBoxReturnValue> {
    const options = call.at(-1) as Electron.MessageBoxOptions;
    record.messageBoxes.push({ message: options.message, detail: options.detail ?? '', buttons: options.buttons ?? [] });
    if (process.env.STAND_IN_DIALOGS !== 'wait') return { response: options.cancelId ?? 0, checkboxChecked: false };
    return { response: await new Promise((resolve) => openBoxes.push(resolve)), checkboxChecked: false };
  },
  showErrorBox(title: string, content: string): void {
    record.errorBoxes.push({ title, content });
  },
};

class NativeTheme extends EventEmitter {
  #source: 'system' | 'light' | 'dark' = 'system';
  systemIsDark = false;

  get themeSource(): 'system' | 'light' | 'dark' {
    return this.#source;
  }

  set themeSource(source: 'system' | 'light' | 'dark') {
    this.#source = source;
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.systemIsDark : this.#source === 'dark';
  }

  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.systemIsDark;
  }

  setSystem(isDark: boolean): void {
    this.systemIsDark = isDark;
    this.emit('updated');
  }
}

export const nativeTheme = new NativeTheme();

export function pageColorScheme(): 'light' | 'dark' {
  return nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
}

export function onThemeChange(listener: () => void): () => void {
  nativeTheme.on('updated', listener);
  return () => nativeTheme.off('updated', listener);
}
