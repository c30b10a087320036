import { type EntryDatabase, type EntryStatements, StatementCache } from '#core/entry/entry-statements.ts';
import { entryUuids } from '#core/entry/entry-uuid.ts';
import { STORED_COLUMNS, type StoredEntry, shownName, toEntry } from '#core/entry/stored-entry.ts';
import type { SearchHit, TextRange } from '#shared/contract/search.ts';
import { joinAddress } from '#shared/sd-path.ts';
import type { SearchAnswer } from './index/search-index.ts';
import { highlightRanges } from './query/highlight.ts';
import { type SearchedLocation, volumeAt } from './search-surroundings.ts';

type EntryRow = StoredEntry & { parentId: number | null; locationId: number };

/** A folder above what was found: where it is, as an address and for people. */
interface Folder {
  address: string;
  text: string;
  /** Where the texts are in that. */
  matches(): TextRange[];
}

const ENTRY = `SELECT ${STORED_COLUMNS}, parent_id AS parentId, location_id AS locationId FROM entries WHERE id = ?`;
const FOLDER = 'SELECT name, parent_id AS parentId, location_id AS locationId FROM entries WHERE id = ?';

/** Makes of the row ids that were found what clients see. */
export class SearchHits {
  readonly #statements = new StatementCache();

  /**
   * In the order of `ids`, all from one state of the library. What has gone since it was found is left out.
   * @param texts folded; where they are in a name, or in that of a folder above, is said with it
   */
  describe(
    library: EntryDatabase,
    { ids, marks }: Pick<SearchAnswer, 'ids' | 'marks'>,
    locations: ReadonlyMap<number, SearchedLocation>,
    texts: readonly string[],
  ): SearchHit[] {
    const uuidOf = entryUuids(library.id);
    return this.#statements.read(library, (statements) => {
      const folders = new FolderChain(statements, locations, texts);
      return ids.flatMap((id, index) => {
        const row = statements.get<EntryRow>(ENTRY, id);
        const location = row && locations.get(row.locationId);
        const folder = row?.parentId == null ? null : folders.at(row.parentId);
        if (!row || !location || !folder) return [];
        const name = shownName(row.name);
        const path = joinAddress(folder.address, row.name);
        return {
          entry: toEntry(row, { uuid: uuidOf(id), path, name, volumeFingerprint: volumeAt(path, location) }),
          folder: folder.address,
          folderText: folder.text,
          locationId: location.row.uuid,
          locationName: location.row.name,
          volumeName: location.volumeName,
          isOnline: location.isOnline,
          matches: highlightRanges(name, texts, marks?.[index]),
          folderMatches: folder.matches(),
        };
      });
    });
  }
}

/** Finds the way to folders through their parents, each once. */
class FolderChain {
  readonly #statements: EntryStatements;
  readonly #locations: ReadonlyMap<number, SearchedLocation>;
  readonly #texts: readonly string[];
  readonly #known = new Map<number, Folder | null>();

  constructor(statements: EntryStatements, locations: ReadonlyMap<number, SearchedLocation>, texts: readonly string[]) {
    this.#statements = statements;
    this.#locations = locations;
    this.#texts = texts;
  }

  /** Null where it does not lead to the root of a location: what is below has vanished. */
  at(id: number): Folder | null {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const folder = this.#look(id);
    this.#known.set(id, folder);
    return folder;
  }

  #look(id: number): Folder | null {
    const row = this.#statements.get<Pick<EntryRow, 'name' | 'parentId' | 'locationId'>>(FOLDER, id);
    if (!row) return null;
    if (row.parentId === null) {
      const location = this.#locations.get(row.locationId);
      return location?.row.rootEntryId === id ? this.#folder(location.address, location.row.name) : null;
    }
    const parent = this.at(row.parentId);
    return parent && this.#folder(joinAddress(parent.address, row.name), `${parent.text}/${shownName(row.name)}`);
  }

  #folder(address: string, text: string): Folder {
    let ranges: TextRange[] | null = null;
    return {
      address,
      text,
      matches: () => {
        ranges ??= highlightRanges(text, this.#texts);
        return ranges;
      },
    };
  }
}
