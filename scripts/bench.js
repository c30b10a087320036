/**
 * `npm run bench -- [NAME…] [--json] [--files NUMBER] [--cold]`: runs benchmarks of `test/bench/` (all when none is named). Each prints our figure,
 * the peer's from the same run, and the ratio. Needs Linux, root and loop devices.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './ensure-built.js';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'test', 'bench');
const known = readdirSync(folder).flatMap((name) => (name.endsWith('.bench.ts') ? [name.slice(0, -'.bench.ts'.length)] : []));
// A number belongs to the flag before it: `--files 10000`.
const isFlag = (argument) => argument.startsWith('-') || /^\d+$/.test(argument);
const flags = process.argv.slice(2).filter(isFlag);
const names = process.argv.slice(2).filter((argument) => !isFlag(argument));
const unknown = names.filter((name) => !known.includes(name));

if (unknown.length > 0) {
  console.error(`There is no benchmark “${unknown[0]}”. There are: ${known.join(', ')}.`);
  process.exitCode = 2;
} else if (!(await ensureBuilt(root))) {
  process.exitCode = 1;
} else {
  for (const name of names.length > 0 ? names : known) {
    const { status } = spawnSync(process.execPath, [join(folder, `${name}.bench.ts`), ...flags], { stdio: 'inherit', cwd: root });
    if (status !== 0) process.exitCode = 1;
  }
}
