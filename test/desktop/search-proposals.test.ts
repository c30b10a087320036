import type { WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumAbility } from '#test/instruments/host-abilities.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const { reason } = chromiumAbility();

describe.skipIf(reason !== null)(`what a search could go on with, on a slow machine (${reason ?? 'Chromium'})`, () => {
  /** While it is held, what the engine says does not arrive. */
  const line = {
    isHeld: false,
    waiting: [] as (() => void)[],
    pass(say: () => void) {
      if (this.isHeld) this.waiting.push(say);
      else say();
    },
    release() {
      this.isHeld = false;
      for (const say of this.waiting.splice(0)) say();
    },
  };
  let web: WebPage;

  beforeAll(async () => {
    web = await WebPage.open({
      prepare: (page) =>
        page.routeWebSocket(/\/rpc/, (route: WebSocketRoute) => {
          const server = route.connectToServer();
          server.onMessage((message) => line.pass(() => route.send(message)));
        }),
    });
  });
  afterAll(() => web?.[Symbol.asyncDispose]());

  it('stays chosen when the answer to the last letter comes after the key that chose it', async () => {
    const field = web.page.getByRole('combobox').first();
    const list = web.page.getByRole('listbox');
    const image = list.getByRole('option', { name: /^image/ });
    await field.pressSequentially('kind:i');
    await image.waitFor();
    await list.and(web.page.locator(':not([aria-busy])')).waitFor();
    line.isHeld = true;
    await web.page.keyboard.press('m');
    await list.and(web.page.locator('[aria-busy="true"]')).waitFor();
    await web.page.keyboard.press('ArrowDown');
    await expect.poll(() => image.getAttribute('aria-selected')).toBe('true');
    line.release();
    await list.and(web.page.locator(':not([aria-busy])')).waitFor();
    await expect.poll(() => image.getAttribute('aria-selected')).toBe('true');
    await web.page.keyboard.press('Tab');
    await expect.poll(() => field.inputValue()).toBe('kind:image');
  });

  it('begins with none chosen when another letter is written', async () => {
    const field = web.page.getByRole('combobox').first();
    const option = web.page.getByRole('option').first();
    await field.fill('');
    await field.pressSequentially('kind:im');
    await option.waitFor();
    await web.page.keyboard.press('ArrowDown');
    await expect.poll(() => option.getAttribute('aria-selected')).toBe('true');
    await web.page.keyboard.press('a');
    await expect.poll(() => option.getAttribute('aria-selected')).toBe('false');
    await web.page.keyboard.press('Enter');
    expect(await field.inputValue()).toBe('kind:ima');
  });

  it('says nothing to the console', () => expect(web.said).toEqual([]));
});
