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

/**
 * In the page: what its own thread worked without a pause, and how long it took from frame to frame. A frame that is late
 * because the machine was busy with others is not the page's doing: what counts is work of the page.
 */
const WATCH_FRAMES = `(() => {
  const seen = { longestTaskMs: 0, longestGapMs: 0, frames: 0 };
  window.framesSeen = seen;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longestTaskMs = Math.max(seen.longestTaskMs, duration);
  }).observe({ type: 'longtask' });
  let before = performance.now();
  const frame = (now) => {
    seen.longestGapMs = Math.max(seen.longestGapMs, now - before);
    seen.frames += 1;
    before = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})()`;

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
    await web.page.evaluate(WATCH_FRAMES);
    await run(process.execPath, ['-e', BURST, join(root, 'Burst'), String(FILES), String(FOLDERS)]);
    await web.page.getByText(`${FILES.toLocaleString('en')} files · ${FOLDERS} folders`).waitFor({ timeout: 60_000 });
    await web.page.getByText(`${(FILES / 2 + FOLDERS).toLocaleString('en')} items`, { exact: false }).waitFor();
    await web.row(/^folder 1 .* 1,000 files/).waitFor();
    const seen = await web.page.evaluate<{ longestTaskMs: number; longestGapMs: number; frames: number }>('window.framesSeen');
    console.info(`frames: ${JSON.stringify(seen)}`);
    expect(seen.frames).toBeGreaterThan(10);
    expect(seen.longestTaskMs).toBeLessThan(MOST_MS);
  });
});
