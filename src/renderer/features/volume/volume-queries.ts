import { useMutation, useQuery } from '@tanstack/react-query';
import type { Volume } from '../../../shared/contract/volume.ts';
import { query } from '../../app/engine.ts';

/** Every volume that is shown: live ones joined with those that the current library remembers. */
export const volumesQuery = query.volumes.list.queryOptions({ input: {} });

export function useVolumes() {
  return useQuery(volumesQuery);
}

/** One volume out of the list; undefined while the list loads, and when it is no longer in it. */
export function useVolume(fingerprint: string | null): Volume | undefined {
  return useQuery({ ...volumesQuery, select: (list) => list.items.find((item) => item.fingerprint === fingerprint) }).data;
}

export function useVolumeOperations(fingerprint: string) {
  return useQuery(query.volumes.operations.queryOptions({ input: { volume: fingerprint, limit: 100 } }));
}

export function useVolumeCapabilities(fingerprint: string, isMounted: boolean) {
  return useQuery(query.volumes.capabilities.queryOptions({ input: { volume: fingerprint }, enabled: isMounted }));
}

export const useUpdateVolume = () => useMutation(query.volumes.update.mutationOptions());
export const useTrackVolume = () => useMutation(query.volumes.track.mutationOptions());
export const useUntrackVolume = () => useMutation(query.volumes.untrack.mutationOptions());
export const useEjectVolume = () => useMutation(query.volumes.eject.mutationOptions());
export const useUnmountVolume = () => useMutation(query.volumes.unmount.mutationOptions());
export const useDismissPrompt = () => useMutation(query.volumes.dismissPrompt.mutationOptions());
export const useResolveIdentity = () => useMutation(query.volumes.resolveIdentity.mutationOptions());
