import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** BLAKE3 of every file below a folder with its path in it, sorted, by the reference implementation's own program. */
export async function checksums(folder: string): Promise<string[]> {
  const { stdout } = await run('find', ['.', '-type', 'f', '-exec', 'b3sum', '{}', '+'], { cwd: folder });
  return stdout.trim().split('\n').sort();
}
