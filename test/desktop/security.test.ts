import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StandInApp } from '#test/instruments/desktop-app/stand-in-app.ts';
import { desktopObstacle, startDesktopApp, usesElectron } from '#test/instruments/desktop-app/start-desktop-app.ts';

describe.skipIf(desktopObstacle !== null)(`the page in its sandbox (${desktopObstacle ?? 'the built app'})`, () => {
  let app: Awaited<ReturnType<typeof startDesktopApp>>;
  const said: string[] = [];
  beforeAll(async () => {
    app = await startDesktopApp();
    app.page.on('console', (message) => said.push(message.text()));
    // From here on the console is heard from the first line of the page.
    await app.page.reload();
    await app.page.getByRole('heading', { name: 'Welcome to Mooring' }).waitFor();
  });
  afterAll(() => app?.dispose());

  /** All that the page has said until now: what is said last is heard last. */
  const heard = async () => {
    const last = `The last that was said: ${said.length}`;
    await app.page.evaluate(`console.log(${JSON.stringify(last)})`);
    await expect.poll(() => said.at(-1)).toBe(last);
    return said.splice(0).slice(0, -1);
  };
  /** Waits until main has refused it, which the stand-in tells. */
  const isRefused = async (what: 'deniedWindows' | 'deniedNavigations', url: string) => {
    if (app instanceof StandInApp) await expect.poll(app.record).toMatchObject({ [what]: expect.arrayContaining([url]) });
  };

  it('gives the page neither Node nor Electron nor anything of preload', async () => {
    const reach = await app.page.evaluate<Record<string, string>>(
      `Object.fromEntries(['process', 'require', 'module', 'global', 'Buffer', 'ipcRenderer', 'electron', 'electronStandInSend', 'electronStandInReceive']
        .map((name) => [name, typeof globalThis[name]]))`,
    );
    expect(new Set(Object.values(reach))).toEqual(new Set(['undefined']));
  });

  it('runs under a policy that allows its own scripts alone, and keeps to it', async () => {
    const policy = await app.page.evaluate<string>(
      `fetch(location.href).then((r) => r.headers.get('content-security-policy'), (e) => 'refused')`,
    );
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    const elsewhere = await app.page.evaluate<string>(`fetch('https://example.com/').then(() => 'answered', () => 'refused')`);
    expect(elsewhere).toBe('refused');
    const inline = await app.page.evaluate<boolean>(
      `(() => { const script = document.createElement('script'); script.textContent = 'window.injected = true'; document.body.append(script); return window.injected === true; })()`,
    );
    expect(inline).toBe(false);
    expect((await heard()).filter((line) => line.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(2);
    // Both are what this test did; the page itself offends against nothing.
    await app.page.reload();
    await app.page.getByRole('heading', { name: 'Welcome to Mooring' }).waitFor();
    expect(await heard()).toEqual([]);
  });

  it('evaluates no text as a program', async () => {
    const result = await app.page.evaluate<string>(
      `new Promise((resolve) => { addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective)); setTimeout('window.injected = true', 0); })`,
    );
    expect(result).toContain('script-src');
  });

  it('opens no window and goes nowhere else', async () => {
    const before = app.page.url();
    await app.page.evaluate(`void window.open('https://example.com/')`);
    await isRefused('deniedWindows', 'https://example.com/');
    await app.page.evaluate(`void (location.href = 'https://example.com/elsewhere')`);
    await isRefused('deniedNavigations', 'https://example.com/elsewhere');
    await app.page.evaluate(`void (location.href = 'file:///etc/passwd')`);
    await app.page.getByRole('heading', { name: 'Welcome to Mooring' }).waitFor();
    expect(app.page.url()).toBe(before);
    expect(await app.windowCount()).toBe(1);
  });

  it.each(['geolocation', 'notifications', 'camera', 'microphone', 'midi'])('grants no %s', async (permission) => {
    expect(await app.askPermission(permission)).toBe(false);
  });

  it('serves the files of the page and nothing beside them', async () => {
    for (const path of [
      '/../../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/main/index.js',
      '/main/index.js',
      '/etc/passwd',
      '/assets',
    ]) {
      const type = await app.page.evaluate<string>(
        `new Promise((resolve) => { const image = new Image(); image.onload = () => resolve('loaded'); image.onerror = () => resolve('refused'); image.src = ${JSON.stringify(path)}; })`,
      );
      expect(type, path).toBe('refused');
    }
  });

  it.runIf(!usesElectron)('asks nobody on the network, and tells main of what it was refused (seen by the stand-in)', async () => {
    if (!(app instanceof StandInApp)) throw new Error('The stand-in is needed here');
    const record = await app.record();
    expect(record.foreignRequests).toEqual([]);
    expect(record.deniedWindows).toEqual(['https://example.com/']);
    expect(record.deniedNavigations).toContain('https://example.com/elsewhere');
    expect((await app.windows())[0]?.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
    });
  });
});
