import { entryUuid } from '../entry/entry-uuid.ts';
import type { EventBus } from '../events/event-bus.ts';
import { type NativePath, toSdPath } from '../fs/native-path.ts';
import type { IndexChanges } from '../indexing/index-task.ts';
import { type LocationLibrary, locationRow } from './location-rows.ts';

/** Of one location; so at most four a second. */
const INTERVAL_MS = 250;
/** As many as an event names. */
const MOST_NAMED = 100;

/** What has happened to the index of one location and has not been told yet. */
interface Untold {
  libraryId: string;
  locationUuid: string;
  created: number;
  modified: number;
  moved: number;
  removed: number;
  /** By their address. */
  folders: Set<string>;
  hasMoreFolders: boolean;
  moves: { uuid: string; from: string; to: string }[];
}

/**
 * Makes `EntriesChanged` and `EntryMoved` of what the indexer has committed: few events, however much happens. The first change after a
 * quiet while is told at once.
 */
export class IndexChangeEvents {
  readonly #events: EventBus;
  readonly #deviceId: string;
  readonly #untold = new Map<string, Untold>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor({ events, deviceId }: { events: EventBus; deviceId: string }) {
    this.#events = events;
    this.#deviceId = deviceId;
  }

  /** What an indexer of this library calls `onChanges` with. */
  report(library: LocationLibrary, changes: IndexChanges): void {
    const key = keyOf(library, changes.locationId);
    const untold = this.#untold.get(key) ?? this.#nothingYet(library, changes.locationId);
    if (!untold) return;
    this.#untold.set(key, untold);
    this.#add(untold, changes);
    if (this.#timers.has(key)) return;
    this.#tell(key);
    this.#holdBack(key);
  }

  /** Tells now what is held back: before it is said that a scan has ended. */
  flush(library: LocationLibrary, locationId: number): void {
    this.#tell(keyOf(library, locationId));
  }

  /** Forgets what is held back. */
  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#untold.clear();
  }

  /** Null for a location that has been removed meanwhile. */
  #nothingYet(library: LocationLibrary, locationId: number): Untold | null {
    const row = locationRow(library, locationId);
    if (!row) return null;
    const counts = { created: 0, modified: 0, moved: 0, removed: 0 };
    return { libraryId: library.id, locationUuid: row.uuid, ...counts, folders: new Set(), hasMoreFolders: false, moves: [] };
  }

  #add(untold: Untold, changes: IndexChanges): void {
    untold.created += changes.created;
    untold.modified += changes.modified;
    untold.moved += changes.moved;
    untold.removed += changes.removed;
    untold.hasMoreFolders ||= changes.hasMoreFolders;
    for (const folder of changes.folders) {
      if (untold.folders.size >= MOST_NAMED) {
        untold.hasMoreFolders ||= !untold.folders.has(this.#address(folder));
        if (untold.hasMoreFolders) break;
      } else untold.folders.add(this.#address(folder));
    }
    for (const { entryId, from, to } of changes.moves.slice(0, MOST_NAMED - untold.moves.length)) {
      untold.moves.push({ uuid: entryUuid(untold.libraryId, entryId), from: this.#address(from), to: this.#address(to) });
    }
  }

  #holdBack(key: string): void {
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      if (!this.#untold.has(key)) return;
      this.#tell(key);
      this.#holdBack(key);
    }, INTERVAL_MS);
    timer.unref();
    this.#timers.set(key, timer);
  }

  #tell(key: string): void {
    const untold = this.#untold.get(key);
    if (!untold) return;
    this.#untold.delete(key);
    const { libraryId, locationUuid: locationId, moves, folders, ...counts } = untold;
    if (moves.length > 0) this.#events.publish({ type: 'EntryMoved', libraryId, locationId, moves });
    this.#events.publish({ type: 'EntriesChanged', libraryId, locationId, folders: [...folders], ...counts });
  }

  /** As in `Entry.path` of a file that can be reached: what is being indexed can be. */
  #address(path: NativePath): string {
    return toSdPath(path, this.#deviceId);
  }
}

function keyOf(library: LocationLibrary, locationId: number): string {
  return `${library.id} ${locationId}`;
}
