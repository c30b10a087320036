import type { Page, WebSocketRoute } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { accessibilityProblems, takeScreenshots } from '#test/instruments/desktop-app/page-checks.ts';
import { chromiumAbility } from '#test/instruments/host-abilities.ts';
import { lastingPort } from '#test/instruments/lasting-port.ts';
import { WebPage } from '#test/instruments/web-page.ts';

const { reason } = chromiumAbility();

/** What the page and the daemon say to each other may be changed on the way; the page and the daemon are the real ones. */
function onTheWire(page: Page, change: { up?: (text: string) => string; down?: (text: string) => string }): Promise<void> {
  const apply = (alter: ((text: string) => string) | undefined, send: (message: string | Buffer) => void) => (message: string | Buffer) =>
    send(typeof message === 'string' && alter ? alter(message) : message);
  return page.routeWebSocket(/\/rpc/, (route: WebSocketRoute) => {
    const server = route.connectToServer();
    route.onMessage(apply(change.up, (message) => server.send(message)));
    server.onMessage(apply(change.down, (message) => route.send(message)));
  });
}

describe.skipIf(reason !== null)(`the page and its engine (${reason ?? 'Chromium'})`, () => {
  let web: WebPage;
  afterEach(() => web?.[Symbol.asyncDispose]());
  const library = () => web.page.locator('nav button[aria-haspopup="menu"]');

  it('fills the window with an explanation when the engine has another contract', async () => {
    web = await WebPage.open({
      waitFor: 'alert',
      prepare: (page) => onTheWire(page, { up: (text) => text.replace(/"contractVersion":\d+/, '"contractVersion":9999') }),
    });
    await web.page.getByText('This page and the engine do not match').waitFor();
    expect(await web.page.getByRole('navigation').count()).toBe(0);
    await takeScreenshots(web.page, 'page-mismatch');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.page.unrouteAll();
  });

  it('says when its key is no longer good', async () => {
    web = await WebPage.open({ port: await lastingPort() });
    await web.page.context().clearCookies();
    await web.daemon.json(['restart']);
    // Whoever comes back to the window does not have to wait for the next attempt.
    await web.page.evaluate(`window.dispatchEvent(new Event('focus'))`);
    await web.page.getByText('This browser has no access').waitFor();
    await takeScreenshots(web.page, 'page-unauthorized');
    expect(await accessibilityProblems(web.page)).toEqual([]);
  });

  it('keeps what it shows while the daemon is away, and shows what is new when it is back', async () => {
    const port = await lastingPort();
    web = await WebPage.open({ library: 'Before', port });
    await web.daemon.cli(['stop']);
    await web.page.getByText('Connection lost').waitFor();
    await library().getByText('Before').waitFor();
    await takeScreenshots(web.page, 'page-reconnecting');
    expect(await accessibilityProblems(web.page)).toEqual([]);
    await web.daemon.json(['start', '--http', String(port)]);
    await web.daemon.json(['library', 'rename', 'After']);
    const tryNow = web.page.getByRole('button', { name: 'Try now' });
    void tryNow.click().catch(() => {
      // It has connected by itself.
    });
    await library().getByText('After').waitFor();
    await web.page.getByText('Connection lost').waitFor({ state: 'hidden' });
    await web.daemon.json(['library', 'rename', 'Live again']);
    await library().getByText('Live again').waitFor();
  });

  it('fetches everything again when events were lost', async () => {
    let lose = false;
    web = await WebPage.open({
      library: 'Before',
      prepare: (page) =>
        onTheWire(page, {
          // The rename's own event never arrives: in its place the page is told that one is missing.
          down: (text) => {
            if (!lose || !/"type":"LibraryRenamed"/.test(text)) return text;
            return text.replace(/"type":"LibraryRenamed"/, '"type":"EventsLost","count":1');
          },
        }),
    });
    lose = true;
    await web.daemon.json(['library', 'rename', 'Found again']);
    await library().getByText('Found again').waitFor();
  });
});
