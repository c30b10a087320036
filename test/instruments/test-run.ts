import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * The folder of this test run: everything that a test makes on disk lies in it, so that the global teardown finds and
 * removes what a test that died has left mounted. Set in the environment by the global setup; its workers inherit it.
 */
export function testRunDir(): string {
  process.env.MOORING_TEST_RUN_DIR ??= path.join(tmpdir(), `mooring-test-${randomBytes(4).toString('hex')}`);
  mkdirSync(process.env.MOORING_TEST_RUN_DIR, { recursive: true });
  return process.env.MOORING_TEST_RUN_DIR;
}

/** A new, empty folder within the test run's. */
export function makeTestDir(name: string): Promise<string> {
  return mkdtemp(path.join(testRunDir(), `${name}-`));
}
