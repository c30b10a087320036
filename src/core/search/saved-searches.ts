import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { savedSearches } from '#core/db/schema.ts';
import type { EventBus } from '#core/events/event-bus.ts';
import type { Libraries } from '#core/library/libraries.ts';
import type { Library } from '#core/library/library.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { SavedSearch, SearchSort } from '#shared/contract/search.ts';

export interface SavedSearchesOptions {
  libraries: Pick<Libraries, 'resolve'>;
  events: EventBus;
}

export interface SearchToSave {
  name: string;
  query: string;
  sort: SearchSort;
  order: 'asc' | 'desc';
  library?: string | undefined;
}

/** What is undefined stays as it is. */
export interface SavedSearchChange {
  name?: string | undefined;
  query?: string | undefined;
  sort?: SearchSort | undefined;
  order?: 'asc' | 'desc' | undefined;
}

export interface SavedSearchRef {
  id: string;
  /** Left out, the current one. */
  library?: string | undefined;
}

/** The queries that users keep with a library. All throw MooringError `LIBRARY_NOT_OPEN`, `LIBRARY_NOT_FOUND`. */
export class SavedSearches {
  readonly #options: SavedSearchesOptions;

  constructor(options: SavedSearchesOptions) {
    this.#options = options;
  }

  /** In the order in which they were added: their ids are UUIDs of version 7. */
  list(ref?: string): SavedSearch[] {
    const library = this.#options.libraries.resolve(ref);
    const rows = library.read((db) => db.select().from(savedSearches).orderBy(savedSearches.uuid).all());
    return rows.map((row) => describe(library, row));
  }

  add({ library: ref, order, ...search }: SearchToSave): SavedSearch {
    const library = this.#options.libraries.resolve(ref);
    const values = { ...search, uuid: uuidv7(), sortOrder: order, createdAt: new Date().toISOString() };
    const row = library.transact((tx) => tx.insert(savedSearches).values(values).returning().get());
    const added = describe(library, row);
    this.#options.events.publish({ type: 'SavedSearchAdded', libraryId: library.id, search: added });
    return added;
  }

  /** @throws MooringError `SAVED_SEARCH_NOT_FOUND` */
  update(ref: SavedSearchRef, { name, query, sort, order }: SavedSearchChange): SavedSearch {
    const library = this.#options.libraries.resolve(ref.library);
    const row = library.transact((tx) => {
      const before = tx.select().from(savedSearches).where(eq(savedSearches.uuid, ref.id)).get();
      if (!before) throw notFound();
      const values = {
        name: name ?? before.name,
        query: query ?? before.query,
        sort: sort ?? before.sort,
        sortOrder: order ?? before.sortOrder,
      };
      return tx.update(savedSearches).set(values).where(eq(savedSearches.uuid, ref.id)).returning().get();
    });
    const updated = describe(library, row);
    this.#options.events.publish({ type: 'SavedSearchUpdated', libraryId: library.id, search: updated });
    return updated;
  }

  /** @throws MooringError `SAVED_SEARCH_NOT_FOUND` */
  remove(ref: SavedSearchRef): { id: string; name: string } {
    const library = this.#options.libraries.resolve(ref.library);
    const row = library.transact((tx) => tx.delete(savedSearches).where(eq(savedSearches.uuid, ref.id)).returning().get());
    if (!row) throw notFound();
    this.#options.events.publish({ type: 'SavedSearchRemoved', libraryId: library.id, searchId: row.uuid });
    return { id: row.uuid, name: row.name };
  }
}

function describe({ id: libraryId }: Library, row: typeof savedSearches.$inferSelect): SavedSearch {
  const { uuid: id, name, query, sort, sortOrder: order, createdAt } = row;
  return { id, libraryId, name, query, sort, order, createdAt };
}

function notFound(): MooringError {
  return new MooringError('SAVED_SEARCH_NOT_FOUND', 'This library keeps no such search. List the saved searches to see which there are.');
}
