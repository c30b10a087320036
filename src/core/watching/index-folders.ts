import Database from 'better-sqlite3';
import { fromBytes, type NativePath } from '#core/fs/native-path.ts';

/** A folder as the index knows it. */
export interface IndexedFolder {
  id: number;
  name: NativePath;
  /** While its modification time is this one, the index knows all that is in it; null when it has to be read. Milliseconds. */
  listedMs: number | null;
  /** Whether the index knows of folders in it. */
  hasFolders: boolean;
}

interface FolderRow {
  id: number;
  name: string | Buffer;
  listedMs: number | null;
  folderCount: number | null;
}

const COLUMNS = 'id, name, listed_ms AS listedMs, folder_count AS folderCount';

/** The folders of a location, from the index: the disk need not be walked to watch them. Has the database open until it is closed. */
export class IndexFolders {
  readonly #database: Database.Database;
  readonly #children: Database.Statement<[number], FolderRow>;

  constructor(databasePath: string) {
    this.#database = new Database(databasePath, { readonly: true, fileMustExist: true });
    this.#children = this.#database.prepare(`SELECT ${COLUMNS} FROM entries INDEXED BY entries_listing WHERE parent_id = ? AND kind = 0`);
  }

  /** Null before the first scan. */
  root(locationId: number): IndexedFolder | null {
    const row = this.#database
      .prepare<[number], FolderRow>(
        `SELECT ${COLUMNS} FROM entries WHERE id = (SELECT root_entry_id FROM locations WHERE id = ?) AND kind = 0`,
      )
      .get(locationId);
    return row ? toFolder(row) : null;
  }

  /** Those directly in it. */
  in({ id, hasFolders }: IndexedFolder): IndexedFolder[] {
    return hasFolders ? this.#children.all(id).map(toFolder) : [];
  }

  close(): void {
    this.#database.close();
  }
}

function toFolder({ id, name, listedMs, folderCount }: FolderRow): IndexedFolder {
  return { id, name: typeof name === 'string' ? name : fromBytes(name), listedMs, hasFolders: folderCount !== 0 };
}
