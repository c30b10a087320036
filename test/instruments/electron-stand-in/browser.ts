import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { findChromium } from '../host-abilities.ts';

let context: Promise<BrowserContext> | null = null;
/** Resolves with the profile's folder once the browser runs. */
const started = Promise.withResolvers<string>();

/** One Chromium per process, with a profile of its own in `userData`, as Electron has. */
export function openBrowser(userData: string): Promise<BrowserContext> {
  context ??= launch(join(userData, 'stand-in-chromium'));
  return context;
}

async function launch(folder: string): Promise<BrowserContext> {
  await rm(join(folder, 'DevToolsActivePort'), { force: true });
  const opened = await chromium.launchPersistentContext(folder, {
    executablePath: findChromium() ?? 'chromium',
    headless: true,
    viewport: null,
    colorScheme: null,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--window-size=1280,800',
      // Electron's message ports tell when the other end closed; Chromium has that behind a feature.
      '--enable-blink-features=MessagePortCloseEvent',
      // A second client, the test, looks at the same pages.
      '--remote-debugging-port=0',
    ],
  });
  started.resolve(folder);
  return opened;
}

/** Where the tests connect to see the same pages; waits for the first window. */
export async function debuggingAddress(): Promise<string> {
  const [port] = (await readFile(join(await started.promise, 'DevToolsActivePort'), 'utf8')).split('\n');
  return `http://127.0.0.1:${port}`;
}

export async function closeBrowser(): Promise<void> {
  const opened = await context?.catch(() => null);
  await opened?.close();
}
