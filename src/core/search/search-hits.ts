import { type EntryDatabase, StatementCache } from '#core/entry/entry-statements.ts';
import { entryUuids } from '#core/entry/entry-uuid.ts';
import { STORED_COLUMNS, type StoredEntry, shownName, toEntry } from '#core/entry/stored-entry.ts';
import type { SearchHit, TextRange } from '#shared/contract/search.ts';
import { joinAddress } from '#shared/sd-path.ts';
import { type Folder, FolderChain } from './folder-chain.ts';
import type { SearchAnswer } from './index/search-index.ts';
import { KeptWhileUnchanged } from './kept-while-unchanged.ts';
import { highlightRanges } from './query/highlight.ts';
import { type SearchedLocations, volumeAt } from './search-surroundings.ts';

type EntryRow = StoredEntry & { id: number; parentId: number | null; locationId: number };
const OF_THESE = 'id IN (SELECT value FROM json_each(?))';
const ENTRIES = `SELECT ${STORED_COLUMNS}, parent_id AS parentId, location_id AS locationId FROM entries WHERE ${OF_THESE}`;

/** Makes of the row ids that were found what clients see. */
export class SearchHits {
  readonly #statements = new StatementCache();
  /** Those of one search are often those of the next. */
  readonly #folders = new KeptWhileUnchanged<FolderChain>();
  /** As `LoadedIndex.lastSearch`: so that the machine code for them stays. */
  readonly last: { rows: readonly EntryRow[]; hits: readonly SearchHit[] } = { rows: [], hits: [] };

  /**
   * In the order of `ids`, all from one state of the library. What has gone since it was found is left out.
   * @param texts folded; where they are in a name, or in that of a folder above, is said with it
   */
  describe(
    library: EntryDatabase,
    { ids, marks }: Pick<SearchAnswer, 'ids' | 'marks'>,
    locations: SearchedLocations,
    texts: readonly string[],
  ): SearchHit[] {
    const uuidOf = entryUuids(library.id);
    return this.#statements.read(library, (statements) => {
      const chain = this.#folders.get(library, locations, () => new FolderChain(locations));
      const matches = new Map<Folder, TextRange[]>();
      const matchesIn = (folder: Folder) => {
        const known = matches.get(folder) ?? highlightRanges(folder.text, texts, [], folder.folded);
        matches.set(folder, known);
        return known;
      };
      const found = statements.all<EntryRow>(ENTRIES, JSON.stringify(ids));
      const rows = new Map(found.map((row) => [row.id, row]));
      const folders = chain.find(new Set(found.flatMap(({ parentId }) => (parentId === null ? [] : [parentId]))), statements);
      const hits = ids.flatMap((id, index) => {
        const row = rows.get(id);
        const location = row && locations.get(row.locationId);
        const folder = row?.parentId == null ? null : folders.get(row.parentId);
        if (!row || !location || !folder) return [];
        const name = shownName(row.name);
        const path = joinAddress(folder.address, row.name);
        return {
          entry: toEntry(row, { uuid: uuidOf(id), path, name, volumeFingerprint: volumeAt(path, location) }),
          folderText: folder.text,
          locationId: location.row.uuid,
          locationName: location.row.name,
          volumeName: location.volumeName,
          isOnline: location.isOnline,
          matches: highlightRanges(name, texts, marks?.[index]),
          folderMatches: matchesIn(folder),
        };
      });
      if (hits.length > 0) Object.assign(this.last, { rows: found, hits });
      return hits;
    });
  }
}
