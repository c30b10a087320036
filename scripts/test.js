/**
 * `npm test`: types and lint side by side, then build, unit, engine (most two files at a time, some alone) and desktop tests, in this order; the first step that fails ends it.
 * Names what could not run on this machine and why. With CI=true only what the kernel lacks may be skipped.
 * The last line reads `N passed, N failed, N skipped`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './ensure-built.js';

const root = join(import.meta.dirname, '..');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const reports = mkdtempSync(join(tmpdir(), 'mooring-test-'));
const totals = { passed: 0, failed: 0, skipped: 0 };
const skipped = [];

function step(title, command, args) {
  console.log(`\n── ${title}`);
  const startedAt = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  console.log(`── ${title}: ${status === 0 ? 'ok' : 'failed'} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  return status === 0;
}

/** What it has printed is shown when it has ended, so that several can go on at a time. */
async function check(title, command, args) {
  const startedAt = Date.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const [status] = await once(child, 'close').catch((error) => {
    said += error.message;
    return [null];
  });
  console.log(`\n── ${title}: ${status === 0 ? 'ok' : 'failed'} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (said.trim() !== '') console.log(said.trimEnd());
  return status === 0;
}

async function checks() {
  const results = await Promise.all([
    ...['node', 'page', 'preload'].map((part) => check(`types (${part})`, bin('tsc'), ['-p', `tsconfig.${part}.json`])),
    check('lint', bin('biome'), ['check', '--error-on-warnings', '.']),
    check('unused files, exports and dependencies', bin('knip'), []),
  ]);
  return results.every(Boolean);
}

function vitest(project) {
  const report = join(reports, `${project}.json`);
  const ok = step(`${project} tests`, bin('vitest'), [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  collect(report);
  return ok;
}

function collect(report) {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  totals.passed += numPassedTests;
  totals.failed += numFailedTests;
  totals.skipped += numPendingTests;
  for (const file of testResults) {
    for (const test of file.assertionResults) {
      if (test.status === 'pending' || test.status === 'skipped') skipped.push(test.fullName);
    }
  }
}

async function main() {
  const ok = (await checks()) && (await ensureBuilt(root)) && ['unit', 'engine', 'engine-alone', 'desktop'].every(vitest);
  rmSync(reports, { recursive: true, force: true });

  if (skipped.length > 0)
    console.log(`\nNot run on this machine (the reason is part of each name):\n${skipped.map((name) => `  ${name}`).join('\n')}`);
  const forbidden =
    process.env.CI === 'true' && process.platform === 'linux' && skipped.some((name) => !/\(needs .+ in the kernel\)/.test(name));
  if (forbidden) console.log('\nWith CI=true nothing may be skipped but what the kernel lacks.');
  console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  process.exitCode = ok && !forbidden ? 0 : 1;
}

await main();
