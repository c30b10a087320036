/** @file Two drives, one daemon and one page for many tasks of `docs/tasks.md`; each task is done in a folder of its own, twice. */
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatSdPath } from '#shared/sd-path.ts';
import { takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { WebPage } from '#test/instruments/web-page.ts';
import { forgetHands, Keys, Mouse, usedHands, watchHands } from './task-hands.ts';

const LIST = new URL('../../docs/tasks.md', import.meta.url);

/** Titles by number, as the documentation has them. */
export function readTasks(): ReadonlyMap<number, string> {
  const lines = readFileSync(LIST, 'utf8').matchAll(/^(\d+)\. (.+)$/gm);
  return new Map([...lines].map(([, number, title]) => [Number(number), title ?? '']));
}

type Files = Readonly<Record<string, string>>;

export interface Task {
  /** What is in its folder, by path below it; a path that ends with a slash is an empty folder. By its name where what is told of it has to be of this time. */
  files?: Files | ((name: string) => Files);
  /** Further things that have to be so before. */
  before?(at: TaskPlace): Promise<void>;
  keys(keys: Keys, at: TaskPlace): Promise<void>;
  mouse(mouse: Mouse, at: TaskPlace): Promise<void>;
  /** That it has been done; left out where doing it shows it. */
  done?(at: TaskPlace): Promise<void>;
  /** Puts back what the next task expects, also when this one has failed. */
  after?(at: TaskPlace): Promise<void>;
}

/** Where a task is done this time. */
export interface TaskPlace {
  web: WebPage;
  drive: DiskImage;
  stick: DiskImage;
  driveName: string;
  stickName: string;
  /** Its folder on the drive. */
  folder: string;
  /** The last name of that; no other time has the same. */
  name: string;
  row(name: string | RegExp): Locator;
  chosen(): Locator;
  dialog(): Locator;
  /** What is said in the corner. */
  said(text: string | RegExp): Promise<void>;
}

/** Tests of some tasks with what they share. */
export function describeTasks(group: string, define: (task: (number: number, task: Task) => void) => void): void {
  const reason = chromiumAbility().reason ?? loopMountAbility().reason;
  const titles = readTasks();
  describe.skipIf(reason !== null)(`${group} (${reason ?? 'Chromium and real loop mounts'})`, () => {
    const world = new TaskWorld();
    beforeAll(() => world.open());
    afterAll(() => world.close());
    define((number, task) => {
      const title = titles.get(number) ?? `a task that docs/tasks.md does not have: ${number}`;
      it(`${title}, by the keyboard alone`, () => world.byKeys(number, task));
      it(`${title}, by the mouse alone`, () => world.byMouse(number, task));
    });
    it('says nothing to the console', () => expect(world.web.said).toEqual([]));
  });
}

class TaskWorld {
  readonly driveName = `DRIVE-${process.pid}`;
  readonly stickName = `STICK-${process.pid}`;
  #drive: DiskImage | undefined;
  #stick: DiskImage | undefined;
  #web: WebPage | undefined;
  #fingerprint = '';
  #deviceId = '';

  get web(): WebPage {
    if (!this.#web) throw new Error('The page has not been opened');
    return this.#web;
  }

  async open(): Promise<void> {
    this.#drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 64, label: this.driveName });
    this.#stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 64, label: this.stickName });
    await this.#drive.mount();
    await this.#stick.mount();
    this.#web = await WebPage.open({
      browser: { permissions: ['clipboard-read', 'clipboard-write'], reducedMotion: 'reduce' },
      prepare: watchHands,
    });
    await this.#web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    await this.web.drive(this.driveName).waitFor();
    const volume = await this.#web.daemon.json<{ fingerprint: string }>(['volume', 'info', this.driveName]);
    this.#fingerprint = volume.fingerprint;
    this.#deviceId = (await this.#web.daemon.json<{ device: { id: string } }>(['system', 'info'])).device.id;
  }

  async close(): Promise<void> {
    await this.#web?.[Symbol.asyncDispose]();
    await this.#drive?.dispose();
    await this.#stick?.dispose();
  }

  byKeys(number: number, task: Task): Promise<void> {
    return this.#do(`keys ${number}`, task, async (at) => {
      await task.keys(new Keys(this.web.page), at);
      await task.done?.(at);
      expect((await usedHands(this.web.page)).presses, 'presses of a mouse button').toBe(0);
    });
  }

  byMouse(number: number, task: Task): Promise<void> {
    return this.#do(`mouse ${number}`, task, async (at) => {
      await task.mouse(new Mouse(this.web.page), at);
      await task.done?.(at);
      expect((await usedHands(this.web.page)).keys, 'keys').toEqual([]);
    });
  }

  async #do(name: string, task: Task, work: (at: TaskPlace) => Promise<void>): Promise<void> {
    let at: TaskPlace | null = null;
    try {
      at = await this.#begin(name, task);
      await work(at);
    } catch (error) {
      await takeScreenshots(this.web.page, `task ${name}`);
      // The next task begins without the dialogs that this one has left.
      await this.web.page.reload();
      // What went wrong first is what is told.
      if (at) await task.after?.(at).catch(() => undefined);
      throw error;
    }
    await task.after?.(at);
  }

  /** Makes the folder and opens it, with the keyboard in its list. */
  async #begin(name: string, { files = { 'note.txt': 'words' }, before }: Task): Promise<TaskPlace> {
    const { web } = this;
    if (!this.#drive?.mountPoint || !this.#stick) throw new Error('The drives have not been mounted');
    const folder = join(this.#drive.mountPoint, name);
    for (const [path, content] of Object.entries(typeof files === 'function' ? files(name) : files)) {
      await mkdir(join(folder, path.endsWith('/') ? path : dirname(path)), { recursive: true });
      if (!path.endsWith('/')) await writeFile(join(folder, path), content);
    }
    const at: TaskPlace = {
      ...{ web, drive: this.#drive, stick: this.#stick, driveName: this.driveName, stickName: this.stickName, folder, name },
      row: (text) => web.row(text),
      chosen: () => web.page.locator('[role="row"][aria-selected="true"]'),
      dialog: () => web.page.getByRole('dialog'),
      said: (text) => web.corner.getByText(text).last().waitFor(),
    };
    await before?.(at);
    await web.page.mouse.move(0, 0);
    await this.#openFolder(folder);
    await forgetHands(web.page);
    return at;
  }

  async #openFolder(folder: string): Promise<void> {
    const { page } = this.web;
    const path = formatSdPath(this.#deviceId, folder);
    const address = `#/volume/${this.#fingerprint}/files?${new URLSearchParams({ path })}`;
    await page.evaluate(`document.activeElement.blur(); location.hash = ${JSON.stringify(address)}`);
    await page.locator(`main [role="row"][data-path^="${path}/"]`).first().waitFor();
    await page.locator('main [role="grid"]').focus();
  }
}
