import type { Volume } from '#shared/contract/volume.ts';
import { parseSdPath } from '#shared/sd-path.ts';
import type { Session } from '../session.ts';
import { shownPath } from './address.ts';
import { safeText } from './safe-text.ts';

/** An address as people read paths, wherever its drive is. */
export type Places = (address: string) => string;

/** By where volumes are now. Programs need none. */
export async function loadPlaces(session: Session): Promise<Places> {
  if (session.isJson) return shownPath;
  const { items } = await (await session.engine()).volumes.list({ all: true });
  return placesOf(items);
}

/** `sd://volume/FINGERPRINT/a%20b` is `/media/stick/a b` where that is mounted, else `Stick (offline): a b`. */
export function placesOf(volumes: readonly Pick<Volume, 'fingerprint' | 'name' | 'mountPoint'>[]): Places {
  const byFingerprint = new Map(volumes.map((volume) => [volume.fingerprint, volume]));
  return (address) => {
    const parsed = parseSdPath(address);
    const volume = parsed?.type === 'volume' ? byFingerprint.get(parsed.fingerprint) : undefined;
    if (parsed?.type !== 'volume' || !volume) return shownPath(address);
    const within = new TextDecoder().decode(parsed.path).replace(/^\/+/, '');
    if (volume.mountPoint === null) return safeText(`${volume.name} (offline): ${within || '/'}`);
    const below = `${volume.mountPoint.replace(/\/$/, '')}/${within}`;
    return safeText(within === '' ? volume.mountPoint : below);
  };
}
