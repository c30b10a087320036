import { useQuery } from '@tanstack/react-query';
import type { ActionRecord } from '../../../shared/contract/action.ts';
import type { Entry } from '../../../shared/contract/entry.ts';
import { useConnection } from '../../app/connection-store.ts';
import { query } from '../../app/engine.ts';
import { mountPointToSdPath, pathBelow, presentAddress, volumeRoot } from '../../lib/entry-path.ts';
import { useVolume, useVolumes } from '../volume/volume-queries.ts';

/** So many of the newest are looked at; lists of a record are cut off at a hundred. */
const LOOKED_AT = 50;
const LIST_LIMIT = 100;

/** What has been done to an entry, or to something in it, the newest first; undefined while that is being asked. */
export function useEntryActions(entry: Entry): ActionRecord[] | undefined {
  const volumes = useVolumes().data?.items ?? [];
  const volume = useVolume(entry.volumeFingerprint);
  const deviceId = useConnection((state) => state.engine?.device.id ?? '');
  const root = volume && (volume.mountPoint === null ? volumeRoot(volume.fingerprint) : mountPointToSdPath(deviceId, volume.mountPoint));
  // Records name places by volume: the way within it is what both have.
  const within = root === undefined ? null : pathBelow(root, entry.path);
  const text = within === null || within === '' ? null : decodePath(within);
  const { data } = useQuery(
    query.actions.list.queryOptions({ input: { text: text ?? '', limit: LOOKED_AT }, enabled: text !== null, staleTime: 0 }),
  );
  if (text === null) return [];
  const isIt = (address: string) => pathBelow(entry.path, presentAddress(address, volumes, deviceId)) !== null;
  return data?.items.filter((action) => concerns(action, isIt));
}

/** Searches find texts that merely begin alike; a record that was cut off is believed. */
function concerns({ input, result }: ActionRecord, isIt: (address: string) => boolean): boolean {
  let isCutOff = false;
  const holds = (value: unknown): boolean => {
    if (typeof value === 'string') return value.startsWith('sd://') && isIt(value);
    if (Array.isArray(value)) isCutOff ||= value.length >= LIST_LIMIT;
    return typeof value === 'object' && value !== null && Object.values(value).some(holds);
  };
  return holds(input) || holds(result) || isCutOff;
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    // A name that is not UTF-8: records show it in another way.
    return null;
  }
}
