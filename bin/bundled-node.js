/**
 * @file Where the system's Node is too old for the engine, the installation brings one. Plain JavaScript that Node 20 can
 * read.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The SQLite binding needs Node-API 10. */
const OLDEST_NODE = [22, 14];

export function isNodeNewEnough() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

/**
 * Runs this process's own script again with the bundled Node; signals and the exit code pass through.
 * @param {string} root the folder of Mooring's package.json
 * @returns {string | null} why that is impossible; null when it runs
 */
export function runAgainWithBundledNode(root) {
  const node = findBundledNode(root);
  if (!node) {
    return `Mooring needs Node ${OLDEST_NODE.join('.')} or newer, and this is ${process.versions.node}. Run \`npm ci\` in ${root}, or install a newer Node.`;
  }
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // A terminal sends Ctrl+C to both processes; whatever is sent to this one alone is handed on.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`mooring: ${node} could not be started (${error.message}).\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
  return null;
}

/** @param {string} root */
function findBundledNode(root) {
  // Installed with `npm install -g`, packages lie beside this one instead of below it.
  const folders = [join(root, 'node_modules'), dirname(root)];
  const names = process.platform === 'win32' ? ['.bin/node.exe'] : [`node-${process.platform}-${process.arch}/bin/node`, '.bin/node'];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
}
