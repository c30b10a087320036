/**
 * @file The page as a user of the web page has it: the built page, served by a real daemon with a data folder of its own,
 * in a real Chromium. Needs `chromiumAbility`.
 */
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { findChromium } from './host-abilities.ts';
import { makeTestDaemon, type TestDaemon } from './test-daemon.ts';

export interface WebPageOptions {
  /** Made before the page opens; null leaves the page at its first run. */
  library?: string | null;
  /** Of the daemon, where that is started again; left out: any. */
  port?: number;
  /** Language, size and the like of the browser. */
  browser?: BrowserContextOptions;
  /** Role of what shows that the page is there; by default the library, or the welcome of the first run. */
  waitFor?: 'alert';
  /** Called before the page is opened, e.g. to stand in its WebSocket. */
  prepare?: (page: Page) => Promise<void>;
}

export class WebPage implements AsyncDisposable {
  readonly daemon: TestDaemon;
  readonly page: Page;
  /** What `mooring start` printed: the address with its token. */
  readonly url: string;
  /** Everything that the page wrote to the console, and every exception that nobody caught. */
  readonly said: string[];
  readonly #browser: Browser;

  private constructor(daemon: TestDaemon, browser: Browser, page: Page, url: string, said: string[]) {
    this.daemon = daemon;
    this.#browser = browser;
    this.page = page;
    this.url = url;
    this.said = said;
  }

  static async open({ library = 'Home', port = 0, browser: context = {}, waitFor, prepare }: WebPageOptions = {}): Promise<WebPage> {
    // Nothing goes on running when the page does not open.
    await using made = new AsyncDisposableStack();
    const daemon = made.use(await makeTestDaemon());
    const { url } = await daemon.json<{ url: string }>(['start', '--http', String(port)]);
    if (library !== null) await daemon.json(['library', 'create', library]);
    const browser = await chromium.launch({
      executablePath: findChromium() ?? 'chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    made.defer(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', ...context });
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    await prepare?.(page);
    const opened = new WebPage(daemon, browser, page, url, said);
    await page.goto(url);
    const landmark =
      waitFor === 'alert' ? page.getByRole('alert') : library === null ? page.getByRole('tab').first() : page.getByRole('navigation');
    await landmark.first().waitFor();
    made.move();
    return opened;
  }

  get browser(): Browser {
    return this.#browser;
  }

  /** A drive in the sidebar. */
  drive(label: string): Locator {
    return this.page.locator('nav [data-volume]').filter({ hasText: label });
  }

  row(name: string | RegExp): Locator {
    return this.page.getByRole('row', { name });
  }

  /** The messages, prompts and running jobs in the corner. */
  get corner(): Locator {
    return this.page.locator('section.pointer-events-none');
  }

  async libraryMenu(item: string | RegExp): Promise<void> {
    await this.page.locator('nav button[aria-haspopup="menu"]').first().click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    await this.daemon[Symbol.asyncDispose]();
  }
}
