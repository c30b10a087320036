import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TIMEOUT_MS = 2000;

/** What people call this computer (`MacBookPro18,3`, `XPS 13 9310`); null where the system does not tell. */
export async function readHardwareModel(platform: NodeJS.Platform): Promise<string | null> {
  try {
    const model = (await readModel(platform)).trim();
    return model === '' ? null : model;
  } catch {
    // Only for display: a computer that does not know its model is shown without one.
    return null;
  }
}

async function readModel(platform: NodeJS.Platform): Promise<string> {
  if (platform === 'darwin') return (await run('sysctl', ['-n', 'hw.model'], { timeout: TIMEOUT_MS })).stdout;
  if (platform === 'win32') {
    const key = 'HKLM\\HARDWARE\\DESCRIPTION\\System\\BIOS';
    const { stdout } = await run('reg', ['query', key, '/v', 'SystemProductName'], { timeout: TIMEOUT_MS });
    return /REG_SZ\s+(.+)/.exec(stdout)?.[1] ?? '';
  }
  return await readFile('/sys/class/dmi/id/product_name', 'utf8');
}
