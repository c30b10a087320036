/**
 * @file `npm start`: opens the desktop app; where that is impossible, serves the web page until Ctrl+C and prints its
 * address. Plain JavaScript that Node 20 can read.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isNodeNewEnough, runAgainWithBundledNode } from '../bin/bundled-node.js';
import { ensureBuilt } from './ensure-built.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const electronFolder = join(root, 'node_modules', 'electron');
const FETCH_TIMEOUT_MS = 120_000;
/** An app that ends with an error so soon has never opened a window. */
const FAILED_START_MS = 5000;

if (isNodeNewEnough()) await start();
else {
  const problem = runAgainWithBundledNode(root);
  if (problem) {
    process.stderr.write(`${problem}\n`);
    process.exit(1);
  }
}

async function start() {
  if (!(await ensureBuilt(root))) {
    process.stderr.write('Mooring could not be built.\n');
    process.exit(1);
  }
  const obstacle = displayObstacle() ?? electronObstacle() ?? (await openDesktop());
  if (obstacle) await serveWebPage(obstacle);
}

/** @returns {string | null} */
function displayObstacle() {
  if (process.platform === 'win32' || process.platform === 'darwin') return null;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  return process.getuid?.() === 0 ? 'its sandbox does not run as root' : null;
}

/**
 * Electron's package fetches its binary when it is first needed.
 * @returns {string | null}
 */
function electronObstacle() {
  if (electronBinary()) return null;
  if (!existsSync(join(electronFolder, 'install.js'))) return 'Electron is not installed';
  process.stderr.write('Fetching Electron, which is needed once …\n');
  const { status } = spawnSync(process.execPath, [join(electronFolder, 'install.js')], { stdio: 'ignore', timeout: FETCH_TIMEOUT_MS });
  return status === 0 && electronBinary() ? null : 'Electron’s binary could not be fetched';
}

/** @returns {string | null} */
function electronBinary() {
  try {
    const path = join(electronFolder, 'dist', readFileSync(join(electronFolder, 'path.txt'), 'utf8'));
    return existsSync(path) ? path : null;
  } catch {
    // `path.txt` comes with the binary.
    return null;
  }
}

/** @returns {Promise<string | null>} why it did not open; null when it did, and has been closed since */
function openDesktop() {
  const startedAt = Date.now();
  const app = spawn(electronBinary() ?? '', [root, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => app.kill(signal));
  return new Promise((resolve) => {
    app.on('error', (error) => resolve(`Electron could not be started (${error.message})`));
    app.on('exit', (code) => {
      const hasOpened = code === 0 || Date.now() - startedAt > FAILED_START_MS;
      if (hasOpened) process.exitCode = code ?? 0;
      resolve(hasOpened ? null : `Electron ended at once (code ${code})`);
    });
  });
}

/** @param {string} obstacle */
async function serveWebPage(obstacle) {
  process.stdout.write(`The desktop app cannot open here (${obstacle}), so Mooring serves its web page instead; Ctrl+C ends it.\n`);
  process.argv = [process.argv[0] ?? 'node', 'mooring', 'start', '--foreground', '--http', '0', ...process.argv.slice(2)];
  await import(pathToFileURL(join(root, 'out', 'main', 'cli.js')).href);
}
