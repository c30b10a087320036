import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromiumAbility, fuseAbility, loopMountAbility } from './host-abilities.ts';
import { makeTestDir, testRunDir } from './test-run.ts';

const run = promisify(execFile);
const ensureBuiltPath = fileURLToPath(new URL('../../scripts/ensure-built.js', import.meta.url));

/** Says what this machine does not allow; with CI=true that is an error where the machine should. Removes afterwards what tests have left mounted. */
export async function setup(): Promise<() => Promise<void>> {
  const missing = [loopMountAbility(), fuseAbility(), chromiumAbility()].filter((ability) => !ability.allows);
  for (const { name, reason } of missing) console.warn(`Tests that need ${name} are skipped: ${reason}.`);
  if (process.env.CI === 'true' && process.platform === 'linux' && missing.length > 0) {
    throw new Error('With CI=true nothing may be skipped. Run as root with loop devices, /dev/fuse, bindfs and Chromium.');
  }
  // Most engine tests run the sources; whoever works on those alone need not wait for a build.
  if (process.env.MOORING_TEST_BUILD !== 'off' && existsSync(ensureBuiltPath)) await run(process.execPath, [ensureBuiltPath]);
  const folder = testRunDir();
  // What tests throw away does not get to the trash of whoever runs them.
  process.env.XDG_DATA_HOME = await makeTestDir('data-home');
  return () => removeLeftovers(folder);
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const mountPoint of (await mountPointsIn(folder)).reverse()) {
    await run('umount', ['-l', '--', mountPoint]).catch(() => {
      // Gone with the mount above it.
    });
  }
  if (process.platform === 'linux' && loopMountAbility().allows) {
    const { stdout } = await run('losetup', ['--list', '--noheadings', '--raw', '--output', 'NAME,BACK-FILE']);
    for (const line of stdout.split('\n').filter((entry) => entry.includes(folder))) {
      await run('losetup', ['-d', line.slice(0, line.indexOf(' '))]);
    }
  }
  // What could not be unmounted must not be emptied.
  if ((await mountPointsIn(folder)).length === 0) await rm(folder, { recursive: true, force: true });
}

async function mountPointsIn(folder: string): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n');
  const escaped = lines.map((line) => line.split(' ')[4] ?? '').filter((mountPoint) => mountPoint.startsWith(`${folder}/`));
  return escaped.map((mountPoint) =>
    mountPoint.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))),
  );
}
