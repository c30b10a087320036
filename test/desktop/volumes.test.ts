import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HostConnection } from '#core/host/host-client.ts';
import type { Volume } from '#shared/contract/volume.ts';
import { checksums } from '#test/instruments/checksums.ts';
import { engineOf } from '#test/instruments/desktop-app/engine-of.ts';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { desktopObstacle, startDesktopApp } from '#test/instruments/desktop-app/start-desktop-app.ts';
import { unhurried } from '#test/instruments/desktop-app/unhurried.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { TestDaemon } from '#test/instruments/test-daemon.ts';

const run = promisify(execFile);
const reason = desktopObstacle ?? loopMountAbility().reason;

describe.skipIf(reason !== null)(`drives in the desktop app (${reason ?? 'real loop mounts'})`, () => {
  let app: Awaited<ReturnType<typeof startDesktopApp>>;
  let engine: HostConnection;
  let stick: DiskImage;
  let label: string;
  let count = 0;

  beforeAll(async () => {
    app = await startDesktopApp();
    engine = await engineOf(app.dataDir);
    await engine.client.libraries.create({ name: 'Desktop test' });
    await app.page.getByRole('button', { name: 'All drives' }).waitFor();
  });
  afterAll(async () => {
    engine?.close();
    await app?.dispose();
  });
  beforeEach(async () => {
    label = `STICK-${process.pid}-${count++}`;
    stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 24, label });
  });
  afterEach(() => stick?.dispose());

  const notification = async (title: string) => (await app.notifications()).find((candidate) => candidate.title.startsWith(title));
  const trayItem = async () => (await app.trayItems()).find((item) => item.label.startsWith(label));
  const drives = () => app.page.getByRole('navigation', { name: 'Drives and pages' });
  const sidebar = () => drives().getByRole('button', { name: new RegExp(`^${label}`) });
  const prompt = () => app.page.locator('[data-prompt]').filter({ hasText: label });
  const isOpen = () => expect.poll(() => sidebar().getAttribute('aria-current')).toBe('page');
  const tracking = async () =>
    (await engine.client.volumes.list({})).items.find((volume) => volume.label === label || volume.name === label)?.tracking ?? null;

  it('shows a drive that is plugged in everywhere, and tracks it from its prompt', async () => {
    await stick.mount();
    await prompt().waitFor();
    await expect
      .poll(() => notification(label))
      .toMatchObject({ title: `${label} is connected`, actions: ['Track', 'Open', 'Not Now'], isShown: true });
    await expect.poll(trayItem).toMatchObject({ label: expect.stringMatching(/ of .* free$/) });
    const offered = async () => (await trayItem())?.submenu.map((item) => item.label);
    await expect.poll(offered).toEqual(['Open', 'Track This Drive', 'Eject']);
    await takeScreenshots(app.page, 'prompt');
    expect(await accessibilityProblems(app.page)).toEqual([]);

    await prompt().getByRole('button', { name: 'Track', exact: true }).click();
    await expect.poll(tracking).toMatchObject({ displayName: label });
    await prompt().waitFor({ state: 'detached' });
    const { items } = await new TestDaemon(app.dataDir).json<{ items: Volume[] }>(['volume', 'list']);
    expect(items.find((volume) => volume.label === label)?.tracking).toMatchObject({ displayName: label });
    // The question is answered: the notification that asks it goes too, and so does the tray's item.
    await expect.poll(() => notification(`${label} is connected`)).toMatchObject({ isShown: false });
    await expect.poll(offered).toEqual(['Open', 'Eject']);

    await stick.unplug();
    await expect.poll(() => sidebar().textContent()).toContain('Last seen');
    await expect.poll(trayItem).toBeUndefined();
    await sidebar().click();
    await app.page.getByText('This drive is not plugged in').waitFor();
    await takeScreenshots(app.page, 'offline');
    expect(await accessibilityProblems(app.page)).toEqual([]);

    await stick.mount();
    await expect.poll(() => sidebar().textContent()).toContain('free');
    const asked = (await app.notifications()).filter(({ title }) => title === `${label} is connected`);
    expect(asked).toMatchObject([{ isShown: false }]);
  });

  it('tracks from the notification, without the window', async () => {
    await stick.mount();
    await expect.poll(() => notification(label)).toBeDefined();
    await app.pressNotification((await notification(label))?.index ?? -1, 'Track');
    await expect.poll(tracking).toMatchObject({ displayName: label });
    await expect.poll(() => notification(`${label} is tracked`)).toBeDefined();
    await prompt().waitFor({ state: 'detached' });
  });

  it('asks no more after “Not Now” in the notification', async () => {
    await stick.mount();
    await prompt().waitFor();
    await expect.poll(() => notification(label)).toBeDefined();
    await app.pressNotification((await notification(label))?.index ?? -1, 'Not Now');
    await prompt().waitFor({ state: 'detached' });
    expect(await tracking()).toBeNull();
  });

  it('opens a drive from tray and notification', async () => {
    await stick.mount();
    await expect.poll(trayItem).toBeDefined();
    await app.clickTray([label, 'Open']);
    await isOpen();
    await app.clickTray(['Settings…']);
    await app.page.getByRole('heading', { name: 'Settings' }).waitFor();
    await expect.poll(() => notification(label)).toBeDefined();
    await app.pressNotification((await notification(label))?.index ?? -1, null);
    await isOpen();
  });

  it('ejects from the tray and says so', async () => {
    await stick.mount();
    await expect.poll(trayItem).toBeDefined();
    await app.clickTray([label, 'Eject']);
    await expect.poll(() => notification(`${label} can be unplugged`)).toBeDefined();
    await expect.poll(trayItem).toBeUndefined();
    await expect(run('findmnt', [stick.mountPoint ?? ''])).rejects.toThrow();
    // Ejecting took the device along, so that nothing is left to unplug.
    stick.mountPoint = null;
    stick.device = null;
  });

  it('copies a folder that is dragged from one drive to another, byte for byte', async () => {
    const target = await createDiskImage({ fileSystem: 'ext4', sizeMb: 24, label: `TO-${process.pid}-${count}` });
    try {
      const from = await stick.mount();
      await mkdir(join(from, 'Holiday', 'day one'), { recursive: true });
      await writeFile(join(from, 'Holiday', 'day one', 'film.bin'), Buffer.alloc(3_000_000, 'mooring'));
      await writeFile(join(from, 'Holiday', 'notes — ü.txt'), 'sea');
      await writeFile(join(from, 'Holiday', 'empty'), '');
      const to = await target.mount();

      const row = app.page.getByRole('row', { name: /^Holiday/ });
      await sidebar().click();
      await row.waitFor();
      await unhurried(app.page, () => row.dragTo(drives().getByRole('button', { name: new RegExp(`^TO-${process.pid}-${count}`) })));
      await expect.poll(async () => (await engine.client.jobs.list({})).items[0]?.status, { timeout: 20_000 }).toBe('completed');
      await takeScreenshots(app.page, 'browser');
      expect(await accessibilityProblems(app.page)).toEqual([]);
      const copied = await checksums(join(to, 'Holiday'));
      expect(copied).toHaveLength(3);
      expect(copied).toEqual(await checksums(join(from, 'Holiday')));
    } finally {
      await target.dispose();
    }
  });

  it('tells of what happens to a copy while its window is hidden', async () => {
    const target = await createDiskImage({ fileSystem: 'ext4', sizeMb: 900, label: `TO-${process.pid}-${count}` });
    const source = await createDiskImage({ fileSystem: 'ext4', sizeMb: 900, label: `BIG-${process.pid}-${count}` });
    try {
      const from = await source.mount();
      const to = await target.mount();
      await writeFile(join(from, 'small.txt'), 'sea');
      await run('fallocate', ['-l', '600M', join(from, 'film.bin')]);
      // The tray's language tells when the new configuration has arrived there.
      const says = (quit: string) => expect.poll(async () => (await app.trayItems()).map((item) => item.label)).toContain(quit);
      await engine.client.config.update({ desktop: { keepInTray: true }, appearance: { language: 'de' } });
      await says('Mooring beenden');
      await engine.client.config.update({ appearance: { language: 'en' } });
      await says('Quit Mooring');
      await app.closeWindow();
      await expect.poll(() => app.isVisible()).toBe(false);

      await engine.client.actions.run({ action: { type: 'file.copy', sources: [join(from, 'small.txt')], destination: to } });
      await expect.poll(() => notification('Done')).toMatchObject({ body: '1 item copied' });

      // So slow that the drive is pulled out in the middle of it on any machine.
      const large = { type: 'file.copy' as const, sources: [join(from, 'film.bin')], destination: to, bytesPerSecond: 2_000_000 };
      const { job } = await engine.client.actions.run({ action: large });
      const id = job?.id ?? '';
      await expect.poll(async () => (await engine.client.jobs.get({ id })).progress.bytesDone, { interval: 5 }).toBeGreaterThan(0);
      await target.unmount({ lazy: true });
      await expect.poll(() => notification(`TO-${process.pid}-${count} was removed while in use`)).toBeDefined();
      await engine.client.jobs.cancel({ id }).catch(() => undefined);
      await app.clickTray(['Show Mooring']);
    } finally {
      await target.dispose();
      await source.dispose();
    }
  });
});
