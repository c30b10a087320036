#!/usr/bin/env node
/** @file The `mooring` command. Plain JavaScript that Node 20 can read. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isNodeNewEnough, runAgainWithBundledNode } from './bundled-node.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (isNodeNewEnough()) await run();
else {
  const problem = runAgainWithBundledNode(root);
  if (problem) fail('NOT_SUPPORTED', problem);
}

async function run() {
  if (existsSync(join(root, 'src'))) {
    const { ensureBuilt } = await import('../scripts/ensure-built.js');
    if (!(await ensureBuilt(root))) fail('INTERNAL', 'Mooring could not be built. `npm run build` shows why.');
  }
  await import(pathToFileURL(join(root, 'out', 'main', 'cli.js')).href);
}

/**
 * @param {string} code
 * @param {string} message
 */
function fail(code, message) {
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
  else process.stderr.write(`mooring: ${message}\n`);
  process.exit(1);
}
