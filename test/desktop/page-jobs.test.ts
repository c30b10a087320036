import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostConnection } from '#core/host/host-client.ts';
import { engineOf } from '#test/instruments/desktop-app/engine-of.ts';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility, fuseAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { bindMount, FuseMount } from '#test/instruments/mounts.ts';
import { slowed } from '#test/instruments/slowed.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;

/** Enough to be caught at work. */
const FOLDERS = 400;
const FILES_EACH = 60;

describe.skipIf(reason !== null)(`jobs in the page (${reason ?? 'Chromium and real loop mounts'})`, () => {
  const label = `WORK-${process.pid}`;
  let web: WebPage;
  let engine: HostConnection;
  let drive: DiskImage;
  let root: string;

  beforeAll(async () => {
    drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 400, label });
    root = await drive.mount();
    for (let folder = 0; folder < FOLDERS; folder++) {
      const path = join(root, 'Many', `folder ${folder}`);
      await mkdir(path, { recursive: true });
      await Promise.all(Array.from({ length: FILES_EACH }, (_, file) => writeFile(join(path, `file ${file}.txt`), 'x')));
    }
    web = await WebPage.open();
    engine = await engineOf(web.daemon.dataDir);
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    await web.drive(label).waitFor();
  });
  afterAll(async () => {
    engine?.close();
    await web?.[Symbol.asyncDispose]();
    await drive?.dispose();
  });

  const jobs = async () => (await engine.client.jobs.list({})).items;
  const panel = () => web.page.getByRole('dialog', { name: 'Jobs' });
  const openPanel = () => web.page.getByRole('button', { name: /^Jobs/ }).click();
  const main = () => web.page.getByRole('main');

  it('shows a scan while it goes on; pauses, resumes and completes it', async () => {
    await web.page.getByRole('button', { name: 'Add a folder, or drop one here' }).click();
    const dialog = web.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Folder' }).fill(join(root, 'Many'));
    // A quick engine would be through before a slow page has shown the button.
    await slowed(web.daemon.pid(), async () => {
      await dialog.getByRole('button', { name: 'Add location' }).click();
      await main().getByRole('button', { name: 'Pause this job' }).click();
    });
    await expect.poll(async () => (await jobs())[0]?.status).toBe('paused');
    await main().getByText('Paused', { exact: false }).first().waitFor();
    await openPanel();
    const card = panel().getByRole('listitem').filter({ hasText: 'Index “Many”' });
    await card.getByText('It goes on from where it was when you resume it.', { exact: false }).waitFor();
    await takeScreenshots(web.page, 'jobs-paused');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await card.getByRole('button', { name: 'Resume this job' }).click();
    const done = panel().getByRole('listitem').filter({ hasText: 'Indexed “Many”' });
    await done.getByText(/^Done · 24,400 items/).waitFor();
    await web.page.keyboard.press('Escape');
    await main().getByText('24,000 files · 400 folders').waitFor();
  });

  it('waits for a drive that was pulled out, and goes on by itself when it is back', async () => {
    // A quick disk may be through before its plug is out: then once more.
    for (let isCaught = false; !isCaught; ) {
      if (drive.mountPoint === null) root = await drive.mount();
      await web.drive(label).getByText('Not plugged in').waitFor({ state: 'hidden' });
      await main().getByRole('button', { name: 'More' }).first().click();
      const before = (await jobs())[0]?.id;
      await web.page.getByRole('menuitem', { name: 'Compare everything' }).click();
      await expect.poll(async () => (await jobs())[0]?.id, { interval: 5 }).not.toBe(before);
      await drive.unplug();
      await expect.poll(async () => (await jobs())[0]?.status).toMatch(/paused|completed/);
      isCaught = (await jobs())[0]?.status === 'paused';
    }
    await openPanel();
    await panel().getByText(`Waiting for “${label}”: plug it in, and it goes on by itself.`).first().waitFor();
    await takeScreenshots(web.page, 'jobs-offline');
    root = await drive.mount();
    await expect.poll(async () => (await jobs()).every(({ status }) => status === 'completed'), { timeout: 30_000 }).toBe(true);
    await panel().getByText('In progress').waitFor({ state: 'detached' });
    await web.page.keyboard.press('Escape');
  });

  it('folds away what it did by itself and found in order', async () => {
    await openPanel();
    const routine = panel().getByRole('button', { name: /^\d+ automatic checks? without problems/ });
    const check = panel().getByText('Checked “Many” for changes').first();
    await routine.waitFor();
    expect(await check.count()).toBe(0);
    await takeScreenshots(web.page, 'jobs-finished');
    await routine.click();
    await check.waitFor();
    await takeScreenshots(web.page, 'jobs-routine');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.keyboard.press('Escape');
  });

  it.skipIf(!fuseAbility().allows)('lists what could not be read, and what was wrong with it', async () => {
    await using share = await FuseMount.create();
    await using _mount = await bindMount(share.mountPoint, join(root, 'Many', 'folder 7', 'Camera'));
    await web.daemon.json(['location', 'update', 'Many', '--rule', 'cross-volumes', '--wait']);
    await share.die();
    await expect.poll(async () => (await jobs()).some(({ status }) => status === 'running' || status === 'queued')).toBe(false);
    await main().getByRole('button', { name: 'More' }).first().click();
    await web.page.getByRole('menuitem', { name: 'Compare everything' }).click();
    await main()
      .getByRole('button', { name: /^\d problem/ })
      .click();
    const details = web.page.getByRole('dialog', { name: /Many/ });
    await details
      .getByText(join(root, 'Many', 'folder 7', 'Camera'))
      .first()
      .waitFor();
    await takeScreenshots(web.page, 'job-problems');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.keyboard.press('Escape');
  });

  it('tells all about a job, and forgets what has ended', async () => {
    await openPanel();
    await panel().getByRole('button', { name: 'Details' }).first().click();
    const details = web.page.getByRole('dialog', { name: /Many/ });
    await details.getByText('per second').waitFor();
    await details.getByRole('tab', { name: 'Log' }).click();
    await takeScreenshots(web.page, 'job-details');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.keyboard.press('Escape');
    await openPanel();
    await panel().getByRole('button', { name: 'Clear finished' }).click();
    await panel().getByText('No jobs yet').waitFor();
    expect(await jobs()).toEqual([]);
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});
