/**
 * @file Builds a clone when `out/` is missing or older than what it is made from; run it, or import `ensureBuilt`.
 * Plain JavaScript that Node 20 can read.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** What the build is made from. */
const SOURCES = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];
const MAIN_OUTPUT = 'out/main/cli.js';
const PAGE_OUTPUT = 'out/renderer/index.html';
const BUILD_TIMEOUT_MS = 300_000;

/**
 * Two at a time do not collide: the second waits for the first one's build.
 * @param {string} root folder of the clone
 * @returns {Promise<boolean>} false when it could not be built
 */
export async function ensureBuilt(root) {
  if (isBuilt(root)) return true;
  const lock = join(root, 'out', '.building');
  mkdirSync(join(root, 'out'), { recursive: true });
  const deadline = Date.now() + BUILD_TIMEOUT_MS;
  while (!takeLock(lock)) {
    if (Date.now() > deadline) return false;
    await delay(200);
  }
  try {
    return isBuilt(root) || build(root);
  } finally {
    rmSync(lock, { force: true });
  }
}

/** @param {string} root */
function build(root) {
  process.stderr.write('Building Mooring, which is needed once after a change …\n');
  const stamp = newestChange(root);
  const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  if (!existsSync(builder)) {
    process.stderr.write('Its build tools are missing: run `npm ci` first.\n');
    return false;
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [builder, 'build', '--logLevel', 'warn'], {
    cwd: root,
    encoding: 'utf8',
    timeout: BUILD_TIMEOUT_MS,
  });
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}\n`);
    return false;
  }
  // The time of the newest source as it was before the build began: what is changed meanwhile is built the next time.
  utimesSync(join(root, MAIN_OUTPUT), stamp / 1000, stamp / 1000);
  return true;
}

/** @param {string} root */
function isBuilt(root) {
  const times = [MAIN_OUTPUT, PAGE_OUTPUT].map((path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.min(...times) >= Math.floor(newestChange(root));
}

/**
 * Folders count too: their time changes when a file goes.
 * @param {string} root
 * @returns {number} milliseconds
 */
function newestChange(root) {
  let newest = 0;
  const visit = (/** @type {string} */ path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return;
    newest = Math.max(newest, found.mtimeMs);
    if (!found.isDirectory()) return;
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (!entry.name.includes('.test.')) visit(join(path, entry.name));
    }
  };
  for (const source of SOURCES) visit(join(root, source));
  return newest;
}

/**
 * The file holds the pid of its maker; a lock whose maker is gone is taken over.
 * @param {string} path
 */
function takeLock(path) {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch {
    // Somebody else is building, or was killed while building.
    if (isAbandoned(path)) rmSync(path, { force: true });
    return false;
  }
}

/** @param {string} path */
function isAbandoned(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return pid > 0 ? !isAlive(pid) : Date.now() - statSync(path).mtimeMs > 5000;
  } catch {
    // Gone by now: the next try gets it.
    return false;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = (await ensureBuilt(dirname(dirname(process.argv[1])))) ? 0 : 1;
}
