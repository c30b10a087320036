/**
 * `npm run wasm`: makes `scan-names-wasm.ts` of `scan-names.as`, after a change there. AssemblyScript is fetched for it: with its compiler of 100 MB
 * it is no dependency. What it makes is the same on every machine.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ASSEMBLYSCRIPT = 'assemblyscript@0.28.20';
const folder = join(import.meta.dirname, '..', 'src', 'core', 'search', 'index');
const source = join(folder, 'scan-names.as');
const scratch = mkdtempSync(join(tmpdir(), 'wasm-'));
try {
  const out = join(scratch, 'scan-names.wasm');
  // The compiler takes files of this ending alone; in the repository it would be taken for TypeScript.
  copyFileSync(source, join(scratch, 'scan-names.ts'));
  const options = ['-O3', '--converge', '--noAssert', '--enable', 'simd', '--runtime', 'stub', '--importMemory'];
  const command = ['exec', '--yes', '--package', ASSEMBLYSCRIPT, '--', 'asc', 'scan-names.ts', '--outFile', out, ...options];
  execFileSync('npm', command, { stdio: 'inherit', cwd: scratch });
  const lines =
    readFileSync(out)
      .toString('base64')
      .match(/.{1,120}/g) ?? [];
  const text = [
    '/** @file Made by `npm run wasm` of `scan-names.as`. */',
    '/** SHA-256 of what it was made of. */',
    `export const SOURCE_HASH = '${createHash('sha256').update(readFileSync(source)).digest('hex')}';`,
    `export const WASM =`,
    ...lines.map((line, index) => `  '${line}'${index < lines.length - 1 ? ' +' : ';'}`),
    '',
  ].join('\n');
  writeFileSync(join(folder, 'scan-names-wasm.ts'), text);
} finally {
  rmSync(scratch, { recursive: true });
}
