import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Entry } from '../../../shared/contract/entry.ts';
import { engine } from '../../app/engine.ts';
import { pathBelow } from '../../lib/entry-path.ts';
import { arrayRows, type EntryRows } from './entry-rows.ts';
import { type FolderOrder, folderListingKey, PageLoader, readListing, registerSight } from './folder-listing.ts';
import { entryAt, loadedOf, type Sight, type SparseListing } from './sparse-listing.ts';

/** The engine's limit of a page. */
const LARGEST_PAGE = 1000;
/** As many addresses as the engine gives at once. */
const MOST_PATHS = 10_000;
/** So many chosen entries that are not loaded are asked for, one by one, after a list has been left and found again. */
const MOST_ASKED = 200;
const NO_ROWS = arrayRows([], { isComplete: false });

/**
 * One folder, of which what is in sight is loaded. It is read anew when it is opened, when the index tells of changes, and when the window is
 * looked at again: other programs change folders, too.
 * @param lasting the folder's address that its drive does not change by coming or going: the rows stay until those by the other address are read
 */
export function useFolderRows(wanted: FolderOrder, lasting = wanted.path) {
  const client = useQueryClient();
  const { path, sort, order, foldersFirst, showHidden } = wanted;
  const folderOrder = useMemo(() => ({ path, sort, order, foldersFirst, showHidden }), [path, sort, order, foldersFirst, showHidden]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top.
  const sight = useMemo((): Sight => ({ first: 0, last: 0, top: null }), [folderOrder]);
  const read = useRef<{ path: string; lasting: string } | null>(null);
  const listing = useQuery({
    queryKey: folderListingKey(folderOrder),
    queryFn: ({ signal }) => readListing(folderOrder, signal),
    staleTime: 0,
    refetchOnWindowFocus: 'always',
    gcTime: 60_000,
    // Comparing thousands of entries with those of before costs more than drawing the few in sight again.
    structuralSharing: false,
    // Sorted otherwise, a folder is there until it is read again.
    placeholderData: (before: SparseListing | undefined, query) => {
      const known = query?.queryKey.at(-1);
      if (typeof known !== 'object' || !('path' in known)) return undefined;
      const isSame = known.path === path || (known.path === read.current?.path && lasting === read.current.lasting);
      return isSame ? before : undefined;
    },
  });
  const isRead = listing.isSuccess && !listing.isPlaceholderData;
  useEffect(() => {
    if (isRead) read.current = { path, lasting };
  }, [isRead, path, lasting]);
  const [pageError, setPageError] = useState<unknown>(null);
  const loader = useRef<PageLoader | null>(null);
  useEffect(() => {
    const release = registerSight(folderOrder, sight);
    const loads = new PageLoader(client, folderOrder, sight, setPageError);
    loader.current = loads;
    setPageError(null);
    return () => {
      release();
      loads.close();
    };
  }, [client, folderOrder, sight]);

  const { data, isPlaceholderData } = listing;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has been read anew may lack what is in sight.
  useEffect(() => loader.current?.load(), [data?.version]);
  const kept = useRef(new Map<string, Entry>());
  const rows = useMemo(
    () => (data ? rowsOf({ order: folderOrder, sight, data, kept, load: () => loader.current?.load() }) : NO_ROWS),
    [folderOrder, sight, data],
  );
  const retryPage = useCallback(() => {
    setPageError(null);
    loader.current?.load();
  }, []);
  return { ...listing, rows, folder: data?.folder ?? null, isStale: isPlaceholderData, pageError, retryPage };
}

interface Source {
  order: FolderOrder;
  sight: Sight;
  data: SparseListing;
  /** Entries that are wanted although they are not loaded. */
  kept: { current: Map<string, Entry> };
  load: () => void;
}

function rowsOf({ order, sight, data, kept, load: loadSight }: Source): EntryRows {
  let found: ReturnType<typeof loadedOf> | null = null;
  const loaded = () => {
    found ??= loadedOf(data);
    return found;
  };
  const at = (index: number) => entryAt(data, index);
  const indexOf = (path: string) => loaded().indexes.get(path) ?? -1;
  const entryOf = (path: string) => at(indexOf(path)) ?? kept.current.get(path);
  const isWhole = () => loaded().entries.length >= data.totalCount;
  const load = async (first: number, last: number): Promise<readonly Entry[]> => {
    const entries: Entry[] = [];
    for (let entry = at(first); entry && first + entries.length <= last; entry = at(first + entries.length)) entries.push(entry);
    for (let from = first + entries.length; from <= last && from < data.totalCount; from += LARGEST_PAGE) {
      const { items } = await engine.entries.list({ ...order, from, limit: Math.min(LARGEST_PAGE, last - from + 1) });
      entries.push(...items);
      if (items.length === 0) break;
    }
    for (const entry of entries) kept.current.set(entry.path, entry);
    return entries;
  };
  const paths = async (first: number, last: number): Promise<readonly string[]> => {
    const found: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null && found.length <= last - first; ) {
      const limit = Math.min(MOST_PATHS, last - first + 1 - found.length);
      const page = await engine.entries.paths({ ...order, ...(cursor === undefined ? { from: first } : { cursor }), limit });
      found.push(...page.paths);
      cursor = page.nextCursor;
    }
    return found;
  };
  return {
    count: data.totalCount,
    get loaded() {
      return loaded().entries;
    },
    version: data.version,
    at,
    indexOf,
    entryOf,
    keep: (paths) => {
      kept.current = new Map([...paths].flatMap((path) => [[path, entryOf(path)] as const]).filter(hasEntry));
      const unknown = [...paths].filter((path) => !kept.current.has(path)).slice(0, MOST_ASKED);
      for (const path of unknown) void engine.entries.get({ path }).then((entry) => kept.current.set(path, entry), ignoreGone);
    },
    show: (first, last) => {
      const top = first === 0 ? undefined : at(first);
      Object.assign(sight, { first, last, top: top ? { path: top.path, index: first } : null });
      loadSight();
    },
    load,
    paths,
    locate: async (path) => {
      const index = indexOf(path);
      return index >= 0 || isWhole() ? index : ((await engine.entries.find({ ...order, entry: path })).index ?? -1);
    },
    findTyped: async (typed, start) => (await engine.entries.find({ ...order, typed, start })).index ?? -1,
    missing: async (named, signal) => {
      const unseen = [...named].filter((path) => indexOf(path) < 0);
      if (isWhole()) return unseen;
      const isElsewhere = (path: string) => pathBelow(data.folder.path, path) === null;
      const gone = unseen.filter(isElsewhere);
      const asked = gone.length === 0 ? unseen : unseen.filter((path) => !isElsewhere(path));
      for (let from = 0; from < asked.length; from += LARGEST_PAGE) {
        const entries = asked.slice(from, from + LARGEST_PAGE);
        gone.push(...(await engine.entries.missing({ path: order.path, entries }, signal ? { signal } : {})).entries);
      }
      return gone;
    },
  };
}

const hasEntry = (pair: readonly [string, Entry | undefined]): pair is readonly [string, Entry] => pair[1] !== undefined;

/** What cannot be asked about is found out when something is to be done with it. */
const ignoreGone = () => undefined;
