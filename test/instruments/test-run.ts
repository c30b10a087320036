import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * The folder of this test run: everything that a test makes on disk lies in it, so that the global teardown finds and
 * removes what a test that died has left mounted. The first process that asks makes it, hands it down in its environment,
 * and removes it when it ends.
 */
export function testRunDir(): string {
  const inherited = process.env.MOORING_TEST_RUN_DIR;
  if (inherited !== undefined) return inherited;
  const made = path.join(tmpdir(), `mooring-test-${randomBytes(4).toString('hex')}`);
  mkdirSync(made, { recursive: true });
  process.env.MOORING_TEST_RUN_DIR = made;
  process.once('exit', () => {
    if (!isMountedIn(made)) rmSync(made, { recursive: true, force: true });
  });
  return made;
}

/** A new, empty folder within the test run's. */
export function makeTestDir(name: string): Promise<string> {
  const folder = testRunDir();
  mkdirSync(folder, { recursive: true });
  return mkdtemp(path.join(folder, `${name}-`));
}

/** What is mounted must not be emptied. */
function isMountedIn(folder: string): boolean {
  return process.platform === 'linux' && readFileSync('/proc/self/mountinfo', 'latin1').includes(` ${folder}/`);
}
