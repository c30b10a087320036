import type { Volume } from '../../shared/contract/volume.ts';
import { parseSdPath } from '../../shared/sd-path.ts';
import { plainPath, presentAddress } from './entry-path.ts';

const decoder = new TextDecoder();

/** An address for people to read: the path that it has now, else the name of its volume and the way from there. */
export function readableAddress(
  address: string,
  volumes: readonly Pick<Volume, 'fingerprint' | 'mountPoint' | 'name'>[],
  deviceId: string,
): string {
  const parsed = parseSdPath(presentAddress(address, volumes, deviceId));
  if (parsed?.type !== 'volume') return plainPath(presentAddress(address, volumes, deviceId));
  const name = volumes.find(({ fingerprint }) => fingerprint === parsed.fingerprint)?.name ?? parsed.fingerprint.slice(0, 8);
  return `${name}: ${decoder.decode(parsed.path)}`;
}
