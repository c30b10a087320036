import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const run = promisify(execFile);
const reason = chromiumAbility().reason ?? loopMountAbility().reason;

const FILES = 50_000;
const FOLDERS = 50;
/** What a person notices as a hitch. */
const MOST_MS = 100;

/** Creates empty files, as fast as one program can: half of them in the folder itself, the others spread over folders in it. */
const BURST = `
  const { mkdirSync, writeFileSync } = require('node:fs');
  const [root, files, folders] = process.argv.slice(1);
  for (let folder = 0; folder < folders; folder++) mkdirSync(root + '/folder ' + folder);
  for (let file = 0; file < files; file++) {
    const place = file % 2 === 0 ? '' : '/folder ' + (file % folders);
    writeFileSync(root + place + '/file ' + file + '.txt', '');
  }`;

/** A trace of Chromium, as far as it is looked at here. Durations in microseconds; `tdur` is time that the thread had the processor. */
interface Trace {
  traceEvents: { name: string; ph: string; pid: number; tid: number; tdur?: number; args?: { name?: string } }[];
}

/**
 * The longest that the page's thread worked without a pause, in milliseconds of processor time: a frame that is late because the
 * machine was busy with other programs is not the page's doing.
 */
function longestTaskMs({ traceEvents }: Trace): number {
  const isMain = new Set(traceEvents.filter(({ args }) => args?.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = traceEvents.filter(({ name, ph, pid, tid }) => ph === 'X' && name === 'RunTask' && isMain.has(`${pid} ${tid}`));
  if (tasks.length === 0) throw new Error('The trace has no tasks of the page');
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}

describe.skipIf(reason !== null)(`the page in a storm of changes (${reason ?? 'Chromium and real loop mounts'})`, () => {
  const label = `STORM-${process.pid}`;
  let web: WebPage;
  let drive: DiskImage;
  let root: string;

  beforeAll(async () => {
    // A file system has a node for every 16 KiB.
    drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 1200, label });
    root = await drive.mount();
    await mkdir(join(root, 'Burst'));
    web = await WebPage.open();
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    await web.daemon.json(['location', 'add', join(root, 'Burst')]);
    await web.page.locator('nav [data-location]').click();
    await web.page.getByText('Watching for changes').waitFor();
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await drive?.dispose();
  });

  it('shows 50,000 files that appear in the open folder, without a frame that is felt', async () => {
    const longest = async (act: () => Promise<void>) => {
      await web.browser.startTracing(web.page, { categories: ['-*', 'disabled-by-default-devtools.timeline', '__metadata'] });
      await act();
      return longestTaskMs(JSON.parse((await web.browser.stopTracing()).toString()));
    };
    const inStorm = await longest(async () => {
      await run(process.execPath, ['-e', BURST, join(root, 'Burst'), String(FILES), String(FOLDERS)]);
      await web.page.getByText(`${FILES.toLocaleString('en')} files · ${FOLDERS} folders`).waitFor({ timeout: 60_000 });
      await web.page.getByText(`${(FILES / 2 + FOLDERS).toLocaleString('en')} items`, { exact: false }).waitFor();
      await web.row(/^folder 1 .* 1,000 files/).waitFor();
    });
    // On a machine on which it takes longer than that to show the folder at all, a frame is felt that takes longer.
    const whenOpened = await longest(async () => {
      await web.page.getByRole('button', { name: 'All drives' }).click();
      await web.page.getByRole('heading', { name: 'All drives' }).waitFor();
      await web.page.locator('nav [data-location]').click();
      await web.row(/^folder 1 .* 1,000 files/).waitFor();
    });
    expect(inStorm).toBeLessThan(Math.max(MOST_MS, whenOpened));
  });
});
