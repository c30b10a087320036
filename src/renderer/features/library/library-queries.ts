import { useMutation, useQuery } from '@tanstack/react-query';
import { query } from '../../app/engine.ts';

export const librariesQuery = query.libraries.list.queryOptions();

export function useLibraries() {
  return useQuery(librariesQuery);
}

/** The library that the page works with; null when none is open, undefined while that is not known. */
export function useCurrentLibrary() {
  return useQuery({ ...librariesQuery, select: (list) => list.items.find((library) => library.isCurrent) ?? null }).data;
}

export const useCreateLibrary = () => useMutation(query.libraries.create.mutationOptions());
export const useSwitchLibrary = () => useMutation(query.libraries.switch.mutationOptions());
export const useCloseLibrary = () => useMutation(query.libraries.close.mutationOptions());
export const useRenameLibrary = () => useMutation(query.libraries.rename.mutationOptions());
export const useDeleteLibrary = () => useMutation(query.libraries.delete.mutationOptions());
export const useBackUpLibrary = () => useMutation(query.libraries.backup.mutationOptions());
export const useRestoreLibrary = () => useMutation(query.libraries.restore.mutationOptions());
export const useOptimizeLibrary = () => useMutation(query.libraries.optimize.mutationOptions());
