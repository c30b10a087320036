import { MooringError } from '#shared/contract/error.ts';
import type { Volume } from '#shared/contract/volume.ts';
import { parseSdPath } from '#shared/sd-path.ts';

/**
 * Finds the volume that a client means: by fingerprint or at least eight of its first digits, by an address on it (`sd://volume/…`), by
 * tracking uuid, device, or name (upper and lower case alike). Paths are not looked at here.
 *
 * @returns null when none matches
 * @throws MooringError `VOLUME_AMBIGUOUS`, with the candidates in `details`; `VOLUME_NOT_FOUND` for an address on a volume that nobody knows
 */
export function matchVolume(ref: string, volumes: readonly Volume[]): Volume | null {
  const address = /^sd:/i.test(ref) ? parseSdPath(ref) : null;
  if (address?.type === 'volume') return volumes.find(({ fingerprint }) => fingerprint === address.fingerprint) ?? refuse(ref);
  const lower = ref.toLowerCase();
  const isDigits = /^[0-9a-f]{8,64}$/.test(lower);
  return (
    onlyOne(ref, isDigits ? volumes.filter((volume) => volume.fingerprint.startsWith(lower)) : []) ??
    onlyOne(
      ref,
      volumes.filter((volume) => volume.tracking?.uuid === lower),
    ) ??
    onlyOne(
      ref,
      volumes.filter((volume) => volume.device === ref),
    ) ??
    onlyOne(ref, preferVisible(volumes.filter((volume) => volume.name.toLowerCase() === lower)))
  );
}

/** Whether a reference is a path rather than a name: absolute, or an SdPath. */
export function isPathRef(ref: string): boolean {
  return ref.startsWith('/') || /^sd:/i.test(ref) || /^[a-z]:[\\/]/i.test(ref) || ref.startsWith('\\\\');
}

export function volumeNotFound(ref: string): MooringError {
  return new MooringError('VOLUME_NOT_FOUND', `There is no volume “${ref}”. “mooring volume list” shows those that there are.`, {
    details: { ref },
  });
}

function refuse(ref: string): never {
  throw volumeNotFound(ref);
}

function onlyOne(ref: string, found: readonly Volume[]): Volume | null {
  if (found.length <= 1) return found[0] ?? null;
  const candidates = found.map(({ fingerprint, name, device, mountPoint }) => ({ fingerprint, name, device, mountPoint }));
  throw new MooringError(
    'VOLUME_AMBIGUOUS',
    `“${ref}” can mean ${found.length} volumes. Give more digits of the fingerprint, or the mount point.`,
    {
      details: { ref, candidates },
    },
  );
}

function preferVisible(found: readonly Volume[]): readonly Volume[] {
  const visible = found.filter((volume) => volume.isUserVisible);
  return visible.length > 0 ? visible : found;
}
