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
  name: NativePath;
  parentId: number | null;
  locationId: number;
}

/** So many are kept; what is more is looked up again. */
const MOST_FOLDERS = 50_000;
const FOLDER = 'SELECT name, parent_id AS parentId, location_id AS locationId FROM entries WHERE id = ?';

/** Finds the way to folders through their parents, each once. Belongs to one state of a library. */
export class FolderChain {
  readonly #locations: SearchedLocations;
  readonly #known = new Map<number, Folder | null>();

  constructor(locations: SearchedLocations) {
    this.#locations = locations;
  }

  /** Null where it does not lead to the root of a location: what is below has vanished. */
  at(id: number, statements: EntryStatements): Folder | null {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    if (this.#known.size > MOST_FOLDERS) this.#known.clear();
    // Damaged data may make a circle: what is in it is nowhere.
    this.#known.set(id, null);
    try {
      const folder = this.#look(id, statements);
      this.#known.set(id, folder);
      return folder;
    } catch (error) {
      this.#known.delete(id);
      throw error;
    }
  }

  #look(id: number, statements: EntryStatements): Folder | null {
    const row = statements.get<FolderRow>(FOLDER, id);
    if (!row) return null;
    if (row.parentId === null) {
      const location = this.#locations.get(row.locationId);
      if (location?.row.rootEntryId !== id) return null;
      return { address: location.address, text: location.row.name, folded: foldText(location.row.name) };
    }
    const parent = this.at(row.parentId, statements);
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
