/**
 * Takes the picture of the README: `unshare -m node scripts/readme-picture.js`. Needs root, loop devices and Chromium;
 * `unshare -m` keeps its drives from everyone else. Takes the page as the daemon serves it, with drives of its own.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { makeDrives, removeDrives } from '../test/instruments/page-fixture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = path.join(root, 'docs/images/drives.png');
const dataDir = mkdtempSync(path.join(tmpdir(), 'mooring-picture-'));
const folder = '/media/anna';
const drives = new Map();

/** @param {...string} args */
function mooring(...args) {
  return JSON.parse(
    execFileSync(process.execPath, ['bin/mooring.js', ...args, '--data-dir', dataDir, '--json'], { cwd: root, encoding: 'utf8' }),
  );
}

/** @type {Record<string, string[]>} */
const LOOKS = {
  'Photos 2024': ['--color', '#c0476f', '--icon', 'photo', '--favorite'],
  Backup: ['--color', '#5468c4', '--icon', 'archive'],
  'Studio SSD': ['--color', '#c7702e', '--icon', 'ssd'],
  Travel: ['--color', '#1b8a6b', '--icon', 'camera'],
};

let browser = null;
try {
  await makeDrives(folder, drives);
  const { url } = mooring('start', '--http', '0');
  mooring('library', 'create', 'Anna’s drives');
  for (const volume of mooring('volume', 'list').items) {
    // The stick stays new: its question is part of the picture.
    if (volume.label === 'STICK') continue;
    mooring('volume', 'track', volume.fingerprint);
    if (LOOKS[volume.label]) mooring('volume', 'set', volume.fingerprint, ...LOOKS[volume.label]);
  }
  for (const drive of ['Photos 2024', 'Travel']) mooring('location', 'add', path.join(folder, drive), '--wait');
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage({ viewport: { width: 1240, height: 760 }, deviceScaleFactor: 2, locale: 'en-GB' });
  await page.goto(url);
  await page.getByRole('button', { name: 'Travel' }).first().waitFor();
  await drives.get('Travel').image.unmount();
  await page.getByRole('heading', { name: 'Offline' }).first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  mkdirSync(path.dirname(target), { recursive: true });
  await page.screenshot({ path: target, animations: 'disabled' });
  console.log(`Taken: ${target}`);
} finally {
  await browser?.close();
  mooring('stop');
  await removeDrives(folder, drives);
  rmSync(dataDir, { recursive: true, force: true });
}
