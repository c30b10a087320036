import type { Page } from 'playwright-core';
import type { MenuItemView } from '../electron-stand-in/control.ts';

export type { MenuItemView };

export interface NotificationView {
  index: number;
  title: string;
  body: string;
  actions: string[];
  isShown: boolean;
}

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface DesktopAppOptions {
  dataDir: string;
  /** Further arguments, e.g. a link. */
  args?: string[];
  env?: Record<string, string>;
  /** Working directory; by default the repository. */
  cwd?: string;
}

/** The built desktop app with a person in front of it: its page, and what is beside the page. */
export interface DesktopApp {
  readonly kind: 'stand-in' | 'electron';
  readonly page: Page;
  readonly pid: number;
  trayItems(): Promise<MenuItemView[]>;
  /** Labels from the top; each matches by its beginning. */
  clickTray(path: string[]): Promise<void>;
  menu(): Promise<MenuItemView[]>;
  clickMenu(path: string[]): Promise<void>;
  notifications(): Promise<NotificationView[]>;
  /** A button by its text, or null for the notification itself. */
  pressNotification(index: number, action: string | null): Promise<void>;
  /** What the next folder dialog answers; null cancels it. */
  answerFolder(path: string | null): Promise<void>;
  isVisible(): Promise<boolean>;
  /** @param index of the window, in the order in which they were opened; left out: all */
  closeWindow(index?: number): Promise<void>;
  /** @param index left out: of the first */
  bounds(index?: number): Promise<Bounds>;
  setBounds(bounds: Bounds, index?: number): Promise<void>;
  /** A link as macOS delivers it. */
  openUrl(link: string): Promise<void>;
  askPermission(permission: string): Promise<boolean>;
  windowCount(): Promise<number>;
  /** Drops files or folders of the system's file manager on the page: in its middle, or at a place in pixels. */
  dropFiles(paths: string[], place?: { x: number; y: number }): Promise<void>;
  /** Starts the program a second time on the same data folder; resolves with its exit code. */
  startSecond(args: string[]): Promise<number | null>;
  /** Quits as a person does, and resolves with the exit code when the process is gone. */
  quit(): Promise<number | null>;
  /** For the end of a test, whatever state it left: no process stays. */
  dispose(): Promise<void>;
}
