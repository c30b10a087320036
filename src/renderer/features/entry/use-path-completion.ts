import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Entry } from '../../../shared/contract/entry.ts';
import { engine } from '../../app/engine.ts';
import { isPlain } from '../file-operation/plain-address.ts';
import { type PathContext, placesOf, readTypedPath, splitTypedPath } from './typed-path.ts';

/** So many folders are proposed. */
const MOST = 12;
/** So many entries are looked at for them. */
const LOOKED_AT = 60;

/** A way to go on with what was written. */
export interface PathCompletion {
  /** What the field would say. */
  text: string;
  /** The name that it would end with: of a folder, a drive or a location. */
  name: string;
  kind: 'folder' | 'place';
}

/** What could be meant by what was written so far: folders in the folder that it names, and the names of drives and locations. */
export function usePathCompletion(text: string, context: PathContext, isOpen: boolean): readonly PathCompletion[] {
  const { folder, begun } = splitTypedPath(text);
  const address = readTypedPath(folder, context);
  const found = useQuery({
    queryKey: ['path-completion', address, begun],
    queryFn: ({ signal }) => foldersBeginning(address, begun, signal),
    enabled: isOpen && text !== '',
    placeholderData: keepPreviousData,
    // What cannot be read has nothing to propose: it is told when somebody goes there.
    retry: false,
    staleTime: 2000,
    gcTime: 10_000,
  });
  if (!isOpen || text === '') return [];
  const places = folder === '' ? placesOf(context).filter(({ name }) => begins(name, begun)) : [];
  const isAddress = folder.startsWith('sd://');
  const folders = (found.data ?? []).filter(({ name, path }) => begins(name, begun) && (isAddress || isPlain(path)));
  return [
    ...places.map(({ name }): PathCompletion => ({ text: name, name, kind: 'place' })),
    ...folders.map(({ name, path }): PathCompletion => {
      const last = isAddress ? path.slice(path.lastIndexOf('/') + 1) : name;
      return { text: folder + last, name, kind: 'folder' };
    }),
  ].slice(0, MOST);
}

const begins = (name: string, begun: string) => name.toLocaleLowerCase().startsWith(begun.toLocaleLowerCase());

async function foldersBeginning(path: string, begun: string, signal: AbortSignal): Promise<Entry[]> {
  const { index } = begun === '' ? { index: 0 } : await engine.entries.find({ path, typed: begun }, { signal });
  if (index === null) return [];
  const { items } = await engine.entries.list({ path, from: index, limit: LOOKED_AT, showHidden: begun.startsWith('.') }, { signal });
  return items.filter(({ kind }) => kind === 'folder');
}
