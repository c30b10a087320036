import { makeTestDir } from '../test-run.ts';
import type { DesktopApp, DesktopAppOptions } from './desktop-app.ts';
import { ElectronApp } from './electron-app.ts';
import { StandInApp } from './stand-in-app.ts';

/** Whether the tests run on the real Electron: `MOORING_TEST_ELECTRON=on`, where its binary was downloaded. */
export const usesElectron = process.env.MOORING_TEST_ELECTRON === 'on';

/** Starts the built app, by default on a data folder of its own. Whoever starts it disposes of it. */
export async function startDesktopApp(options: Partial<DesktopAppOptions> = {}): Promise<DesktopApp & { dataDir: string }> {
  const dataDir = options.dataDir ?? (await makeTestDir('desktop'));
  const app = usesElectron ? await ElectronApp.start({ ...options, dataDir }) : await StandInApp.start({ ...options, dataDir });
  return Object.assign(app, { dataDir });
}
