import type { DomainEventOf } from '#shared/contract/event.ts';
import type { Library as LibraryInfo } from '#shared/contract/library.ts';
import type { ConfigStore } from '../config/config-store.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { Library } from './library.ts';
import type { LibraryCatalog } from './library-catalog.ts';
import type { LibraryHooks } from './library-hooks.ts';

/** Which libraries are open and which one is current: announced to clients, and written down for the next start. */
export class OpenLibraries {
  #libraries = new Map<string, Library>();
  #preferredId: string | null = null;
  /** The library of the last `LibrarySwitched`. */
  #announcedId: string | null = null;
  readonly #catalog: LibraryCatalog;
  readonly #config: ConfigStore;
  readonly #events: EventBus;
  readonly #hooks: LibraryHooks;

  constructor(catalog: LibraryCatalog, hooks: LibraryHooks, { config, events }: { config: ConfigStore; events: EventBus }) {
    this.#catalog = catalog;
    this.#hooks = hooks;
    this.#config = config;
    this.#events = events;
  }

  get all(): readonly Library[] {
    return [...this.#libraries.values()];
  }

  get(id: string): Library | undefined {
    return this.#libraries.get(id);
  }

  has(id: string): boolean {
    return this.#libraries.has(id);
  }

  /** The preferred one while it is open, else the first that is. */
  get current(): Library | null {
    return this.#libraries.get(this.#preferredId ?? '') ?? this.all[0] ?? null;
  }

  infoOf(library: Library): LibraryInfo {
    return library.info(library === this.current);
  }

  prefer(id: string | null): void {
    this.#preferredId = id;
  }

  /** Takes a library in that has been opened, or, when it is here already, prefers it. */
  async enter(library: Library, { prefer }: { prefer: boolean }): Promise<Library> {
    const isNew = !this.has(library.id);
    this.#libraries.set(library.id, library);
    if (prefer || !this.#preferredId) this.#preferredId = library.id;
    if (isNew) await this.#catalog.remember(library);
    await this.#save(this.#config.current.libraries.open);
    if (isNew) {
      this.#events.publish({ type: 'LibraryOpened', libraryId: library.id, library: this.infoOf(library) });
      this.#hooks.returned(library);
    }
    this.#announceCurrent();
    return library;
  }

  /** Closes a library. Only a user's wish changes what is current once it is open again; `saveWithout` changes what the next start opens. */
  async leave(library: Library, reason: DomainEventOf<'LibraryClosed'>['reason']): Promise<void> {
    this.#libraries.delete(library.id);
    await this.#hooks.release(library);
    await library.close();
    if (reason === 'user' && this.#preferredId === library.id) this.#preferredId = null;
    const status = reason === 'volume-offline' ? 'offline' : 'closed';
    this.#events.publish({ type: 'LibraryClosed', libraryId: library.id, library: { ...library.info(false), status }, reason });
    if (reason !== 'shutdown') this.#announceCurrent();
  }

  /** Writes down what the next start opens: what is open, and what should be, but for one path. */
  async saveWithout(path: string): Promise<void> {
    await this.#save(this.#config.current.libraries.open.filter((wanted) => wanted !== path));
  }

  async #save(wanted: readonly string[]): Promise<void> {
    const open = [...new Set([...wanted, ...this.all.map(({ path }) => path)])];
    const preferred = this.#libraries.get(this.#preferredId ?? '')?.path ?? this.#config.current.libraries.current;
    const current = preferred !== null && open.includes(preferred) ? preferred : (this.current?.path ?? null);
    await this.#config.update({ libraries: { open, current } });
  }

  #announceCurrent(): void {
    const { current } = this;
    if ((current?.id ?? null) === this.#announcedId) return;
    this.#announcedId = current?.id ?? null;
    this.#events.publish({ type: 'LibrarySwitched', library: current ? current.info(true) : null });
  }
}
