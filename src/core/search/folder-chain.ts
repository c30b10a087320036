import type { EntryStatements } from '#core/entry/entry-statements.ts';
import { shownName } from '#core/entry/stored-entry.ts';
import type { NativePath } from '#core/fs/native-path.ts';
import { joinAddress } from '#shared/sd-path.ts';
import { foldText } from './query/fold-text.ts';
import type { SearchedLocations } from './search-surroundings.ts';

/** A folder above what was found: where it is, as an address and for people. */
export interface Folder {
  address: string;
  text: string;
  /** The same as search compares it. */
  folded: string;
}

interface FolderRow {
  id: number;
  name: NativePath;
  parentId: number | null;
  locationId: number;
}

/** So many are kept; what is more is looked up again. */
const MOST_FOLDERS = 50_000;
const FOLDERS = `SELECT id, name, parent_id AS parentId, location_id AS locationId FROM entries WHERE id IN (SELECT value FROM json_each(?))`;

/** Finds the way to folders through their parents, each once. Belongs to one state of a library. */
export class FolderChain {
  readonly #locations: SearchedLocations;
  readonly #known = new Map<number, Folder | null>();

  constructor(locations: SearchedLocations) {
    this.#locations = locations;
  }

  /** Folders by their ids; null where one does not lead to the root of a location: what is below has vanished. */
  find(ids: ReadonlySet<number>, statements: EntryStatements): ReadonlyMap<number, Folder | null> {
    if (this.#known.size > MOST_FOLDERS) this.#known.clear();
    const rows = this.#rowsAbove(ids, statements);
    return new Map(Array.from(ids, (id) => [id, this.#at(id, rows)]));
  }

  /** Of those that are not known, and of all above them that are not: as many statements as folders lie within each other, not as there are folders. */
  #rowsAbove(ids: ReadonlySet<number>, statements: EntryStatements): Map<number, FolderRow> {
    const rows = new Map<number, FolderRow>();
    let wanted = [...ids].filter((id) => !this.#known.has(id));
    while (wanted.length > 0) {
      const found = statements.all<FolderRow>(FOLDERS, JSON.stringify(wanted));
      for (const row of found) rows.set(row.id, row);
      const above = new Set(found.flatMap(({ parentId }) => (parentId === null ? [] : [parentId])));
      wanted = [...above].filter((id) => !this.#known.has(id) && !rows.has(id));
    }
    return rows;
  }

  #at(id: number, rows: ReadonlyMap<number, FolderRow>): Folder | null {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    // Damaged data may make a circle: what is in it is nowhere.
    this.#known.set(id, null);
    const folder = this.#make(id, rows);
    this.#known.set(id, folder);
    return folder;
  }

  #make(id: number, rows: ReadonlyMap<number, FolderRow>): Folder | null {
    const row = rows.get(id);
    if (!row) return null;
    if (row.parentId === null) {
      const location = this.#locations.get(row.locationId);
      if (location?.row.rootEntryId !== id) return null;
      return { address: location.address, text: location.row.name, folded: foldText(location.row.name) };
    }
    const parent = this.#at(row.parentId, rows);
    if (!parent) return null;
    const name = shownName(row.name);
    // A text is folded character by character.
    return {
      address: joinAddress(parent.address, row.name),
      text: `${parent.text}/${name}`,
      folded: `${parent.folded}/${foldText(name)}`,
    };
  }
}
