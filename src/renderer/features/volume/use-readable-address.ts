import { useCallback } from 'react';
import { useConnection } from '../../app/connection-store.ts';
import { readableAddress } from '../../lib/readable-address.ts';
import { useVolumes } from './volume-queries.ts';

/** `readableAddress` with the volumes that are known. */
export function useReadableAddress(): (address: string) => string {
  const volumes = useVolumes().data?.items;
  const deviceId = useConnection((state) => state.engine?.device.id ?? '');
  return useCallback((address) => readableAddress(address, volumes ?? [], deviceId), [volumes, deviceId]);
}
