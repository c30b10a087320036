import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SavedSearch } from '#shared/contract/search.ts';
import { accessibilityProblems, settled, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const reason = chromiumAbility().reason ?? loopMountAbility().reason;

describe.skipIf(reason !== null)(`saved searches in the page (${reason ?? 'Chromium and real loop mounts'})`, () => {
  const label = `PAPERS-${process.pid}`;
  let web: WebPage;
  let drive: DiskImage;
  let root: string;

  beforeAll(async () => {
    drive = await createDiskImage({ fileSystem: 'ext4', sizeMb: 48, label });
    root = await drive.mount();
    await mkdir(join(root, 'Papers', 'Invoices'), { recursive: true });
    for (const name of ['invoice 1.pdf', 'invoice 2.pdf', 'invoice 10.pdf', 'receipt.txt']) {
      await writeFile(join(root, 'Papers', 'Invoices', name), 'paper');
    }
    web = await WebPage.open();
    await web.daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false']);
    await web.daemon.json(['location', 'add', join(root, 'Papers'), '--wait']);
  });
  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await drive?.dispose();
  });

  const box = () => web.page.getByRole('combobox');
  const main = () => web.page.getByRole('main');
  const heading = () => main().getByRole('heading', { level: 1 });
  const dialog = () => web.page.getByRole('dialog');
  /** In the sidebar. */
  const kept = (name: string) => web.page.locator('nav [data-search]').filter({ hasText: name });
  const saved = async () => (await web.daemon.json<{ items: SavedSearch[] }>(['saved-search', 'list'])).items;
  const menuItem = async (item: string) => {
    await main().getByRole('button', { name: 'More' }).click();
    await web.page.getByRole('menuitem', { name: item }).click();
  };

  it('keeps the open search, with its order, under a name', async () => {
    await box().fill('invoice ext:pdf');
    await web.row(/^invoice 10\.pdf/).waitFor();
    await web.page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
    await main().getByRole('button', { name: 'Save search' }).click();
    expect(await dialog().getByRole('textbox', { name: 'Name' }).inputValue()).toBe('invoice ext:pdf');
    await takeScreenshots(web.page, 'search-save');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await dialog().getByRole('textbox', { name: 'Name' }).fill('Bills & <b>more</b>');
    await web.page.keyboard.press('Enter');
    await kept('Bills & <b>more</b>').waitFor();
    expect(await saved()).toMatchObject([{ name: 'Bills & <b>more</b>', query: 'invoice ext:pdf', sort: 'name', order: 'asc' }]);
    await expect.poll(() => heading().textContent()).toBe('Bills & <b>more</b>3 results');
    await expect.poll(() => kept('Bills').getAttribute('aria-current')).toBe('page');
    await takeScreenshots(web.page, 'search-saved');
    expect(await accessibilityProblems(web.page)).toEqual([]);
  });

  it('says in the sidebar how much it finds now', async () => {
    await web.page.getByRole('button', { name: 'All drives' }).click();
    await kept('Bills').getByText('3 results').waitFor();
    await writeFile(join(root, 'Papers', 'invoice 11.pdf'), 'paper');
    await kept('Bills').getByText('4 results').waitFor();
    await rm(join(root, 'Papers', 'invoice 11.pdf'));
    await kept('Bills').getByText('3 results').waitFor();
  });

  it('opens with what is there, in its order, and goes back', async () => {
    await kept('Bills').click();
    await web.row(/^invoice 10\.pdf/).waitFor();
    await expect.poll(() => web.page.locator('[role="gridcell"]:first-child mark').count()).toBe(3);
    const names = () => web.page.locator('[role="row"][data-path] [role="gridcell"]:first-child').allTextContents();
    await expect.poll(names).toEqual(['invoice 1.pdf', 'invoice 2.pdf', 'invoice 10.pdf']);
    await expect.poll(() => box().inputValue()).toBe('invoice ext:pdf');
    await web.page.reload();
    await expect.poll(() => heading().textContent()).toBe('Bills & <b>more</b>3 results');
    await web.page.goBack();
    await main().getByText('Plugged in').first().waitFor();
  });

  it('is changed in the field, and says so until that is kept', async () => {
    await kept('Bills').click({ button: 'right' });
    await web.page.getByRole('menuitem', { name: 'Edit query' }).click();
    await expect.poll(() => web.page.evaluate('document.activeElement.getAttribute("role")')).toBe('combobox');
    await web.page.keyboard.press('End');
    await web.page.keyboard.type(' 10');
    await expect.poll(() => heading().textContent()).toBe('Bills & <b>more</b>1 result');
    await main().getByRole('button', { name: 'Save changes' }).click();
    await main().getByRole('button', { name: 'Save changes' }).waitFor({ state: 'detached' });
    await kept('Bills').getByText('1 result').waitFor();
    await expect.poll(saved).toMatchObject([{ query: 'invoice ext:pdf 10' }]);
    await menuItem('Rename…');
    await dialog().getByRole('textbox', { name: 'Name' }).fill('The tenth');
    await web.page.keyboard.press('Enter');
    await kept('The tenth').waitFor();
  });

  it('follows what others do with it, also while it is open', async () => {
    const [search] = await saved();
    await web.daemon.json(['saved-search', 'update', search?.id ?? '', '--name', 'Receipts', '--query', 'receipt']);
    await web.row(/^receipt\.txt/).waitFor();
    await expect.poll(() => box().inputValue()).toBe('receipt');
    await web.daemon.json(['saved-search', 'add', 'All papers', 'in:Papers']);
    await kept('All papers').getByText('5 results').waitFor();
    await web.daemon.json(['saved-search', 'remove', search?.id ?? '']);
    await main().getByText('This saved search is not here').waitFor();
    await kept('Receipts').waitFor({ state: 'detached' });
    await main().getByRole('button', { name: 'New search' }).click();
    await main().getByText('Everything that “Home” knows').waitFor();
  });

  it('is removed without touching what it finds', async () => {
    const before = await readdir(join(root, 'Papers', 'Invoices'));
    await kept('All papers').click();
    await web.row(/^receipt\.txt/).waitFor();
    await menuItem('Remove…');
    await dialog().getByText('What it finds stays where it is.', { exact: false }).waitFor();
    await dialog().getByRole('button', { name: 'Remove' }).click();
    await kept('All papers').waitFor({ state: 'detached' });
    expect(await saved()).toEqual([]);
    expect(await readdir(join(root, 'Papers', 'Invoices'))).toEqual(before);
  });

  it('belongs to its library', async () => {
    await web.daemon.json(['saved-search', 'add', 'At home', 'paper']);
    await kept('At home').waitFor();
    await web.daemon.json(['library', 'create', 'Elsewhere']);
    await web.daemon.json(['library', 'switch', 'Elsewhere']);
    await kept('At home').waitFor({ state: 'detached' });
    await box().fill('invoice');
    await main().getByText('There is nothing to search yet').waitFor();
    await takeScreenshots(web.page, 'search-no-locations');
    await web.daemon.json(['library', 'switch', 'Home']);
    await kept('At home').waitFor();
    await web.row(/^invoice 10\.pdf/).waitFor();
  });

  it('fits into a small window in German, with nothing cut off', async () => {
    await web.daemon.json(['system', 'config', 'set', 'appearance.language', 'de']);
    await web.page.setViewportSize({ width: 800, height: 600 });
    await web.page.getByRole('combobox', { name: 'Suchen' }).fill('invoice -receipt ext:pdf size:>1 tag:Work');
    await web.row(/^invoice 10\.pdf/).waitFor();
    await main().getByText('Work', { exact: true }).first().waitFor();
    await main().getByText('Tags sind noch nicht bekannt, dieser Teil zählt also nicht.').waitFor();
    expect.soft(await cutTexts(web.page)).toEqual([]);
    await takeScreenshots(web.page, 'search-german');
    expect.soft(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.getByRole('combobox', { name: 'Suchen' }).fill('');
    await main().getByText('Alles, was „Home“ kennt').waitFor();
    expect.soft(await cutTexts(web.page)).toEqual([]);
    await web.page.keyboard.type('ki');
    await web.page.getByRole('option', { name: /^kind: Art der Datei/ }).waitFor();
    expect.soft(await cutTexts(web.page)).toEqual([]);
    const field = web.page.getByRole('combobox', { name: 'Suchen' });
    await field.fill('sice:<b>1</b> size:>$t(search.title) (');
    await main().getByText('Einen Filter „sice:“ gibt es nicht. Meinst du size:?', { exact: false }).waitFor();
    // What was written is shown as it was written, whatever it looks like.
    await main().getByText('„$t(search.title)“ ist keine Größe.', { exact: false }).waitFor();
    await main().getByText('Diese Klammer wird nicht geschlossen.', { exact: false }).waitFor();
    expect.soft(await cutTexts(web.page)).toEqual([]);
    await takeScreenshots(web.page, 'search-german-problems');
    expect.soft(await accessibilityProblems(web.page)).toEqual([]);
    await field.fill('invoice size:');
    await web.page.getByRole('option', { name: '>10mb mehr als 10 MB' }).waitFor();
    await takeScreenshots(web.page, 'search-german-values');
    await field.fill('modified:');
    await web.page.getByRole('option', { name: '<7d in den letzten 7 Tagen' }).waitFor();
    expect.soft(await cutTexts(web.page)).toEqual([]);
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});

/** Texts that are wider than their place, or reach out of the window; names may be shortened with an ellipsis. */
async function cutTexts(page: Page): Promise<string[]> {
  await settled(page);
  return page.evaluate<string[]>(`[...document.querySelectorAll('body *')].filter((element) => {
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '');
    const box = element.getBoundingClientRect();
    if (!hasText || box.width === 0 || element.closest('.sr-only, svg, bdi, [aria-hidden]')) return false;
    const isInline = getComputedStyle(element).display === 'inline';
    return box.right > innerWidth + 1 || (!isInline && element.scrollWidth > element.clientWidth + 1);
  }).map((element) => element.textContent)`);
}
