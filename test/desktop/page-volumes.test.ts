import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility, fuseAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { FuseMount } from '#test/instruments/mounts.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason ?? fuseAbility().reason;

interface Listed {
  fingerprint: string;
  label: string | null;
  mountPoint: string | null;
  tracking: { isFavorite: boolean } | null;
}

describe.skipIf(reason !== null)(`drives in the page (${reason ?? 'Chromium and real mounts'})`, () => {
  let web: WebPage;
  const images: DiskImage[] = [];
  let share: FuseMount | null = null;
  let count = 0;

  beforeEach(async () => {
    web = await WebPage.open();
  });
  afterEach(async () => {
    expect.soft(web.said).toEqual([]);
    await web?.[Symbol.asyncDispose]();
    for (const image of images.splice(0)) await image.dispose();
    await share?.[Symbol.asyncDispose]();
    share = null;
  });

  const plugIn = async (): Promise<DiskImage & { label: string; mountPoint: string }> => {
    const label = `PAGE-${process.pid}-${count++}`;
    const image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16, label });
    images.push(image);
    await image.mount();
    await web.drive(label).waitFor();
    return Object.assign(image as DiskImage & { mountPoint: string }, { label });
  };
  const list = async () => (await web.daemon.json<{ items: Listed[] }>(['volume', 'list'])).items;
  const listed = async (matches: (volume: Listed) => boolean) => (await list()).find(matches);
  const inMain = () => web.page.getByRole('main');

  it('asks before it writes a marker to a drive without an identity, and goes on showing that drive', async () => {
    share = await FuseMount.create();
    await writeFile(join(share.source, 'hello.txt'), 'x');
    const { mountPoint, source } = share;
    const here = () => listed((volume) => volume.mountPoint === mountPoint);
    await expect.poll(here).toBeDefined();
    const { fingerprint } = (await here()) ?? {};
    await web.page.locator(`nav [data-volume="${fingerprint}"]`).click();
    await web.row(/^hello\.txt/).waitFor();

    await inMain().getByRole('button', { name: 'Track', exact: true }).click();
    const dialog = web.page.getByRole('dialog', { name: /Leave a marker file/ });
    await dialog.waitFor();
    await takeScreenshots(web.page, 'page-marker');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await readdir(source)).toEqual(['hello.txt']);

    await inMain().getByRole('button', { name: 'Track', exact: true }).click();
    await dialog.getByRole('button', { name: 'Write the file and track' }).click();
    await web.corner.getByText(/is tracked now$/).waitFor();
    expect(await readdir(source)).toContain('.mooring-volume');
    await web.row(/^hello\.txt/).waitFor();
    const tracked = await listed((volume) => volume.mountPoint === mountPoint);
    expect(tracked?.tracking).not.toBeNull();
    await expect.poll(() => web.page.url()).toContain(tracked?.fingerprint);

    share.hang();
    await web.page.getByRole('button', { name: 'Read again' }).click();
    await web.page.getByText(/^“.*” does not answer$/).waitFor();
    expect(
      (await list()).filter((volume) => volume.fingerprint === tracked?.fingerprint || volume.mountPoint === mountPoint),
    ).toMatchObject([{ fingerprint: tracked?.fingerprint, tracking: {}, unresponsive: true }]);
    share.resume();
  });

  it('says that a drive hangs, lets everything else go on, and shows its files when it answers again', async () => {
    share = await FuseMount.create({ address: `nas:/page-${process.pid}`, subtype: 'sshfs' });
    await writeFile(join(share.source, 'hello.txt'), 'x');
    const { mountPoint } = share;
    const other = await plugIn();
    await expect.poll(() => listed((volume) => volume.mountPoint === mountPoint)).toBeDefined();
    const { fingerprint = '' } = (await listed((volume) => volume.mountPoint === mountPoint)) ?? {};
    const drive = web.page.locator(`nav [data-volume="${fingerprint}"]`);
    await drive.click();
    await web.row(/^hello\.txt/).waitFor();
    share.hang();
    await web.page.getByRole('button', { name: 'Read again' }).click();
    await web.drive(other.label).click();
    await web.row(/^lost\+found/).waitFor();
    await drive.click();
    await web.page.getByText(/^“.*” does not answer$/).waitFor();
    await takeScreenshots(web.page, 'page-unresponsive');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    // While it hangs: as soon as it answers, which is asked of it all the time, the button goes by itself.
    await web.page.getByRole('button', { name: 'Try again' }).click();
    share.resume();
    await web.row(/^hello\.txt/).waitFor();
  });

  it.each([
    ['The same drive', true],
    ['Another drive', false],
  ])('asks whether a clone is the drive that is tracked; answered “%s”', async (answer, same) => {
    const original = await plugIn();
    await web.daemon.json(['volume', 'track', original.mountPoint]);
    const { fingerprint } = (await listed((volume) => volume.label === original.label)) ?? {};
    const clone = await original.clone();
    images.push(clone);
    await original.unplug();
    await clone.mount();
    const doubtful = () => listed((volume) => volume.mountPoint === clone.mountPoint);
    await expect.poll(doubtful).toBeDefined();
    await web.page.locator(`nav [data-volume="${(await doubtful())?.fingerprint}"]`).click();
    const question = web.page.getByRole('region', { name: 'Is this the same drive?' });
    await question.waitFor();
    await takeScreenshots(web.page, 'page-identity-question');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await question.getByRole('button', { name: answer }).click();
    await question.waitFor({ state: 'hidden' });
    await web.row(/^lost\+found/).waitFor();
    const shown = await doubtful();
    await expect.poll(() => web.page.url()).toContain(shown?.fingerprint);
    if (same) expect(shown).toMatchObject({ fingerprint, tracking: {} });
    else expect(shown?.fingerprint).not.toBe(fingerprint);
  });

  it('keeps the place of a tracked drive that is pulled out while one of its folders is open', async () => {
    const stick = await plugIn();
    await mkdir(join(stick.mountPoint, 'Holiday', 'inside'), { recursive: true });
    await web.daemon.json(['volume', 'track', stick.mountPoint]);
    await web.drive(stick.label).click();
    await web.row(/^Holiday/).dblclick();
    await web.row(/^inside/).waitFor();
    const { mountPoint } = stick;
    await stick.unplug();
    await inMain().getByText('This drive is not plugged in').waitFor();
    await inMain().getByText(mountPoint).first().waitFor();
    await takeScreenshots(web.page, 'page-unplugged');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await stick.mount(mountPoint);
    await web.row(/^inside/).waitFor();
  });
});
