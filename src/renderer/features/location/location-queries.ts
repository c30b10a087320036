import { useMutation, useQuery } from '@tanstack/react-query';
import type { Location } from '../../../shared/contract/location.ts';
import { query } from '../../app/engine.ts';

/** Every location of the current library. */
export const locationsQuery = query.locations.list.queryOptions({ input: {} });

export function useLocations() {
  return useQuery(locationsQuery);
}

/** One location out of the list; undefined while the list loads, and when it is no longer in it. */
export function useLocation(id: string | null): Location | undefined {
  return useQuery({ ...locationsQuery, select: (list) => list.items.find((item) => item.id === id) }).data;
}

export const useAddLocation = () => useMutation(query.locations.add.mutationOptions());
export const useUpdateLocation = () => useMutation(query.locations.update.mutationOptions());
export const useRescanLocation = () => useMutation(query.locations.rescan.mutationOptions());
export const usePauseLocation = () => useMutation(query.locations.pause.mutationOptions());
export const useResumeLocation = () => useMutation(query.locations.resume.mutationOptions());
export const useRemoveLocation = () => useMutation(query.locations.remove.mutationOptions());
