import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility } from '#test/instruments/host-abilities.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const { reason } = chromiumAbility();

describe.skipIf(reason !== null)(`libraries in the page (${reason ?? 'Chromium'})`, () => {
  let web: WebPage;
  beforeAll(async () => {
    web = await WebPage.open({ library: 'First' });
  });
  afterAll(() => web?.[Symbol.asyncDispose]());

  const dialog = () => web.page.getByRole('dialog');
  const current = async () => (await web.daemon.json<{ name: string } | null>(['library', 'current']))?.name ?? null;
  const currentPath = async () => (await web.daemon.json<{ path: string }>(['library', 'current'])).path;
  const shown = (name: string) => web.page.locator('nav button[aria-haspopup="menu"]').getByText(name, { exact: true });

  it('renames one, and says what is wrong with a name', async () => {
    await web.libraryMenu('Rename library…');
    await dialog().getByRole('textbox', { name: 'Name' }).fill('<b>Anna’s</b> \u202Edrives');
    await takeScreenshots(web.page, 'page-library-rename');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Rename' }).click();
    await dialog().getByRole('alert').waitFor();
    await dialog().getByRole('textbox', { name: 'Name' }).fill('Anna’s <drives>');
    await dialog().getByRole('button', { name: 'Rename' }).click();
    await dialog().waitFor({ state: 'hidden' });
    await shown('Anna’s <drives>').waitFor();
    expect(await current()).toBe('Anna’s <drives>');
  });

  it('backs up, and restores what was backed up', async () => {
    await web.libraryMenu('Back up now');
    await web.corner.getByText('Backup made').waitFor();
    await web.daemon.json(['library', 'rename', 'After the backup']);
    await shown('After the backup').waitFor();
    await web.libraryMenu('Restore backup…');
    await dialog().getByRole('radio').first().waitFor();
    await takeScreenshots(web.page, 'page-library-restore');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Restore' }).click();
    await dialog().waitFor({ state: 'hidden' });
    await web.corner.getByText(/was restored$/).waitFor();
    const { items } = await web.daemon.json<{ items: { reason: string }[] }>(['library', 'backups']);
    expect(items.map(({ reason: why }) => why).sort()).toEqual(['manual', 'restore']);
  });

  it('checks one and tells what it holds', async () => {
    await web.libraryMenu('Check and optimise');
    await web.corner.getByText('The library is in order').waitFor();
    await web.libraryMenu('Statistics');
    await dialog().getByText('Tracked drives').waitFor();
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
  });

  it('makes a second one, switches between the two, and closes one', async () => {
    await web.libraryMenu('New library…');
    await dialog().getByRole('textbox', { name: 'Name' }).fill('Second');
    await dialog().getByRole('button', { name: 'Create library' }).click();
    await shown('Second').waitFor();
    expect(await current()).toBe('Second');
    await web.libraryMenu(/^Anna|^After/);
    await shown('Second').waitFor({ state: 'hidden' });
    expect(await current()).not.toBe('Second');
    await web.libraryMenu('Second');
    await shown('Second').waitFor();
    expect(await current()).toBe('Second');
    await web.libraryMenu('Close library');
    await expect.poll(current).not.toBe('Second');
    await web.page.locator('nav button[aria-haspopup="menu"]').getByText('Second').waitFor({ state: 'hidden' });
  });

  it('moves one to the trash only after asking, and goes back to the welcome when none is left', async () => {
    const path = await currentPath();
    await web.libraryMenu('Delete library…');
    await takeScreenshots(web.page, 'page-library-delete');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'hidden' });
    expect(await readdir(path)).toContain('library.json');
    await web.libraryMenu('Delete library…');
    await dialog().getByRole('button', { name: 'Move to trash' }).click();
    await web.page.getByRole('heading', { name: 'Welcome to Mooring' }).waitFor();
    // It is closed before it is moved, and the page says already that none is open.
    await expect.poll(() => readdir(path).catch(() => 'gone')).toBe('gone');
    await web.page.getByRole('tab', { name: 'Open existing' }).click();
    await web.page.getByRole('listitem').filter({ hasText: 'Second' }).getByRole('button', { name: 'Open' }).click();
    await shown('Second').waitFor();
  });

  it('offers to take over a library that another computer left locked, and does nothing unasked', async () => {
    const folder = await makeTestDir('elsewhere');
    const { path, id } = await web.daemon.json<{ path: string; id: string }>(['library', 'create', 'Elsewhere', '--path', folder]);
    await shown('Elsewhere').waitFor();
    const lock = join(path, '.sdlibrary.lock');
    const held = JSON.parse(await readFile(lock, 'utf8'));
    await web.libraryMenu('Close library');
    await shown('Second').waitFor();
    const foreign = JSON.stringify({
      ...held,
      host: 'studio',
      deviceId: crypto.randomUUID(),
      deviceName: 'Studio',
      pid: 1,
      token: 'theirs',
    });
    await writeFile(lock, foreign);

    await web.libraryMenu(/^Elsewhere/);
    await dialog().getByText('still open on another computer').waitFor();
    expect(await dialog().textContent()).toContain('Studio');
    await takeScreenshots(web.page, 'page-library-take-over');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'hidden' });
    expect(await readFile(lock, 'utf8')).toBe(foreign);

    await web.libraryMenu('Open library…');
    await dialog().getByRole('textbox').fill(path);
    await dialog().getByRole('button', { name: 'Open' }).last().click();
    await dialog().getByRole('button', { name: 'Take over' }).click();
    await shown('Elsewhere').waitFor();
    expect(await web.daemon.json(['library', 'current'])).toMatchObject({ id, status: 'open' });
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});
