import { hostname, release } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { Device } from '#shared/contract/system.ts';
import { readJsonFile, setAside, writeJsonFile } from '../config/json-file.ts';
import { readHardwareModel } from './hardware-model.ts';

const OS_BY_PLATFORM: Partial<Record<NodeJS.Platform, Device['os']>> = { darwin: 'macos', win32: 'windows' };

/**
 * The identity of this installation, from `device.json`; made at first start, its `id` stable ever after. The version of the
 * operating system is brought up to date when it has changed.
 * @param onDamaged told where the copy of a file lies that could not be read; a new identity is then made
 */
export async function loadDevice(dataDir: string, onDamaged: (copy: string) => void = () => undefined): Promise<Device> {
  const path = join(dataDir, 'device.json');
  const stored = await readStored(path);
  const known = Device.loose().safeParse(stored);
  if (known.success && known.data.osVersion === release()) return Device.parse(known.data);
  if (!known.success && stored !== undefined) onDamaged(await setAside(path));
  const device: Device = {
    id: uuidv7(),
    name: hostname(),
    createdAt: new Date().toISOString(),
    ...(known.success ? known.data : {}),
    os: OS_BY_PLATFORM[process.platform] ?? 'linux',
    osVersion: release(),
    hardwareModel: await readHardwareModel(process.platform),
  };
  await writeJsonFile(path, device);
  return Device.parse(device);
}

/** Null stands for a file that is there and is not JSON. */
async function readStored(path: string): Promise<unknown> {
  try {
    return await readJsonFile(path);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
