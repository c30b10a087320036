import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostConnection } from '#core/host/host-client.ts';
import { engineOf } from '#test/instruments/desktop-app/engine-of.ts';
import { StandInApp } from '#test/instruments/desktop-app/stand-in-app.ts';
import { desktopObstacle, usesElectron } from '#test/instruments/desktop-app/start-desktop-app.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const reason = usesElectron ? 'a terminal of our own is put in front of the system’s' : (desktopObstacle ?? loopMountAbility().reason);
/** Everything that a shell would make something of. */
const HOSTILE = '$(touch pwned); `touch pwned` & "x" %F';

describe.skipIf(reason !== null)(`commands of the page on the desktop (${reason ?? 'the built app'})`, () => {
  let app: StandInApp;
  let engine: HostConnection;
  let stick: DiskImage;
  let folder: string;
  let record: string;

  beforeAll(async () => {
    const dataDir = await makeTestDir('desktop');
    const bin = await makeTestDir('bin');
    record = join(bin, 'started-in');
    await writeFile(
      join(bin, 'xdg-terminal-exec'),
      `#!/bin/sh\nprintf '%s|%s' "$(pwd)" "$#" > '${record}.new' && mv '${record}.new' '${record}'\n`,
    );
    await chmod(join(bin, 'xdg-terminal-exec'), 0o755);
    stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 24, label: `TERM-${process.pid}` });
    folder = await stick.mount();
    await mkdir(join(folder, HOSTILE));
    app = await StandInApp.start({ dataDir, env: { PATH: `${bin}:${process.env.PATH}`, TERMINAL: '' } });
    engine = await engineOf(dataDir);
    await engine.client.libraries.create({ name: 'Desk' });
    await app.page.getByRole('button', { name: 'All drives' }).waitFor();
    await app.openUrl(`mooring://open?path=${encodeURIComponent(folder)}`);
    await app.page.getByRole('row', { name: /touch pwned/ }).waitFor();
  });
  afterAll(async () => {
    engine?.close();
    await app?.dispose();
    await stick?.dispose();
  });

  const startedIn = () => readFile(record, 'utf8').catch(() => null);

  it('open a terminal in the chosen folder, whatever it is called, and else in the open one', async () => {
    await app.page.getByRole('row', { name: /touch pwned/ }).click();
    await app.page.keyboard.press('Shift+F4');
    await expect.poll(startedIn).toBe(`${join(folder, HOSTILE)}|0`);
    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('Control+K');
    await app.page.getByRole('dialog').getByRole('combobox').fill('terminal');
    await app.page.getByRole('option', { name: /^Open terminal here/ }).click();
    await expect.poll(startedIn).toBe(`${folder}|0`);
  });

  it('have their keys in the native menu, also those that the user has chosen', async () => {
    const items = async () => (await app.menu()).flatMap(({ submenu }) => submenu);
    const keyOf = async (label: string) => (await items()).find((item) => item.label === label)?.accelerator;
    expect(await keyOf('Duplicate')).toBe('CmdOrCtrl+D');
    await engine.client.config.update({ explorer: { shortcuts: { 'file.duplicate': 'mod+shift+d' } } });
    await expect.poll(() => keyOf('Duplicate')).toBe('CmdOrCtrl+Shift+D');
    await engine.client.config.update({ explorer: { shortcuts: {} } });
    await expect.poll(() => keyOf('Duplicate')).toBe('CmdOrCtrl+D');
  });

  it('are done from the native menu', async () => {
    await app.clickMenu(['Help', 'Keyboard Shortcuts']);
    await app.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await app.page.keyboard.press('Escape');
    await app.clickMenu(['Help', 'About Mooring']);
    await app.page
      .getByRole('dialog', { name: 'About Mooring' })
      .getByText(/Electron|Chromium/)
      .waitFor();
  });
});
