import { chromiumAbility } from '../host-abilities.ts';
import { makeTestDir } from '../test-run.ts';
import type { DesktopApp, DesktopAppOptions } from './desktop-app.ts';
import { ElectronApp } from './electron-app.ts';
import { StandInApp } from './stand-in-app.ts';

/** Whether the tests run on the real Electron: `MOORING_TEST_ELECTRON=on`, where its binary was downloaded. */
export const usesElectron = process.env.MOORING_TEST_ELECTRON === 'on';

/** Why the desktop app cannot be tested on this machine; null when it can. */
export const desktopObstacle = usesElectron ? null : chromiumAbility().reason;

/** Starts the built app, by default on a data folder of its own. Whoever starts it disposes of it. */
export async function startDesktopApp(options: Partial<DesktopAppOptions> = {}): Promise<DesktopApp & { dataDir: string }> {
  const dataDir = options.dataDir ?? (await makeTestDir('desktop'));
  const app = usesElectron ? await ElectronApp.start({ ...options, dataDir }) : await StandInApp.start({ ...options, dataDir });
  return Object.assign(app, { dataDir });
}
