/**
 * @file Starts the packed app as a user does and lets its engine work: threads, native code and migrations come out of
 * the archive then, which no test of the sources shows. `node scripts/check-package.js [PROGRAM]`, after `npm run pack`.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..');
const PROGRAMS = {
  linux: 'linux-*unpacked/mooring',
  darwin: 'mac*/Mooring.app/Contents/MacOS/Mooring',
  win32: 'win-*unpacked/Mooring.exe',
};
const START_TIMEOUT_MS = 60_000;

const program = process.argv[2] ?? packed();
if (!program) throw new Error('Nothing is packed here; run `npm run pack` first.');
const dataDir = mkdtempSync(join(tmpdir(), 'mooring-package-'));

function packed() {
  const dist = join(root, 'dist');
  const [path] = globSync(PROGRAMS[process.platform], { cwd: dist });
  return path && join(dist, path);
}

/** Runs a command of the built command line against the packed app, and never starts a daemon of its own. */
async function mooring(...args) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(root, 'out', 'main', 'cli.js'),
    ...args,
    '--json',
    '--no-start',
    '--data-dir',
    dataDir,
  ]);
  return JSON.parse(stdout);
}

async function untilItRuns(app) {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const status = await mooring('status');
    if (status.running) return status;
    if (app.exitCode !== null || Date.now() > deadline) throw new Error(`The packed app does not run (exit code ${app.exitCode}).`);
    await delay(250);
  }
}

// Chromium's sandbox refuses root.
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const app = spawn(program, [...sandbox, '--data-dir', dataDir, '--hidden'], { stdio: 'inherit' });
const exited = once(app, 'exit');
try {
  const { host, version, pid } = await untilItRuns(app);
  if (host !== 'desktop') throw new Error(`The engine runs in ${host}.`);
  await mooring('library', 'create', 'Packed');
  const { items } = await mooring('volume', 'list');
  await mooring('stop', '--force');
  const [code] = await exited;
  if (code !== 0) throw new Error(`The packed app ended with ${code}.`);
  console.log(`Mooring ${version} ran from its package (process ${pid}): ${items.length} drives, one library.`);
} finally {
  app.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
}
