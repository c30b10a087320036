import { mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { desktopObstacle, startDesktopApp } from '#test/instruments/desktop-app/start-desktop-app.ts';
import { testRunDir } from '#test/instruments/test-run.ts';

describe.skipIf(desktopObstacle !== null)(`the first run (${desktopObstacle ?? 'the built app'})`, () => {
  let app: Awaited<ReturnType<typeof startDesktopApp>>;
  beforeAll(async () => {
    app = await startDesktopApp();
  });
  afterAll(() => app?.dispose());

  it('greets with the drives of this computer, in both themes and for everyone', async () => {
    await app.page.getByRole('heading', { name: 'Welcome to Mooring' }).waitFor();
    await app.page.getByRole('complementary').getByRole('listitem').first().waitFor();
    await takeScreenshots(app.page, 'first-run');
    expect(await accessibilityProblems(app.page)).toEqual([]);
  });

  it('says what is wrong with a name', async () => {
    await app.page.getByRole('textbox', { name: 'Name' }).fill('a/b');
    await app.page.getByRole('button', { name: 'Create library' }).click();
    await app.page.getByRole('alert').waitFor();
    expect(await app.page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('a/b');
  });

  it('creates a library in a folder from the system dialog', async () => {
    const folder = await mkdtemp(join(testRunDir(), 'libraries-'));
    await app.answerFolder(folder);
    await app.page.getByRole('button', { name: 'Choose…' }).click();
    await expect.poll(() => app.page.getByRole('textbox', { name: 'Place' }).inputValue()).toBe(folder);
    await app.page.getByRole('textbox', { name: 'Name' }).fill('Holiday photos');
    await app.page.getByRole('button', { name: 'Create library' }).click();
    await app.page.getByRole('navigation', { name: 'Drives and pages' }).getByText('Holiday photos').waitFor();
    expect(await readdir(folder)).toEqual(['Holiday photos.sdlibrary']);
    await app.page.getByRole('button', { name: 'All drives' }).waitFor();
    await takeScreenshots(app.page, 'home');
    expect(await accessibilityProblems(app.page)).toEqual([]);
  });

  it('opens the settings from the menu and remembers the theme', async () => {
    await app.clickMenu([process.platform === 'darwin' ? 'Mooring' : 'File', 'Settings…']);
    await app.page.getByRole('heading', { name: 'Settings' }).waitFor();
    await takeScreenshots(app.page, 'settings');
    expect(await accessibilityProblems(app.page)).toEqual([]);
  });
});
