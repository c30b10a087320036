import type { EntryDatabase } from './entry-statements.ts';
import type { Row } from './row-order.ts';

/** A row of one kind, or the first of its value, and its number among those of its kind. */
export interface KnownPlace {
  index: number;
  row: Row;
}

/** What is known of the order of one folder, as long as nothing is written into its database. */
export interface KnownOrder {
  /** Of the state of the database that it is true of. */
  version: number;
  /** By kind, how many rows there are; empty until they are counted. */
  counts: number[];
  /** Rows that are not shown; null until they are looked for. */
  hidden: Row[] | null;
  /** By kind, places in their order. */
  places: Map<number, KnownPlace[]>;
  /** By kind and value, places among the rows that have it. */
  groups: Map<string, KnownPlace[]>;
  /** Of all rows in their order, where no index has it; null until they are sorted. */
  ids: Float64Array | null;
}

const MOST_ORDERS = 16;
const MOST_PLACES = 500;
/** Of so many orders besides the latest the ids are kept: of a million rows they are 8 MB. */
const MOST_SORTED = 3;

/** Remembers places that were found, so that those near them are found sooner. */
export class KnownPlaces {
  readonly #byDatabase = new WeakMap<EntryDatabase, Map<string, KnownOrder>>();

  /** @param key folder and order @param version changes whenever something is written into the database */
  of(database: EntryDatabase, key: string, version: number): KnownOrder {
    const orders = this.#byDatabase.get(database) ?? new Map<string, KnownOrder>();
    this.#byDatabase.set(database, orders);
    const kept = orders.get(key);
    const order = kept?.version === version ? kept : newOrder(version);
    orders.delete(key);
    orders.set(key, order);
    for (const oldest of orders.keys()) {
      if (orders.size <= MOST_ORDERS) break;
      orders.delete(oldest);
    }
    const sorted = [...orders.values()].filter((other) => other !== order && other.ids !== null);
    for (const other of sorted.slice(0, -MOST_SORTED)) other.ids = null;
    return order;
  }
}

function newOrder(version: number): KnownOrder {
  return { version, counts: [], hidden: null, places: new Map(), groups: new Map(), ids: null };
}

/** The places of a kind next to an index: the last at or before it, and the first after it. */
export function placesAround(
  places: readonly KnownPlace[],
  index: number,
): { before: KnownPlace | undefined; after: KnownPlace | undefined } {
  const next = firstAfter(places, index);
  return { before: places[next - 1], after: places[next] };
}

/** Adds a place, in the order of indexes. Of too many, every second one is forgotten. */
export function rememberPlace(places: KnownPlace[], place: KnownPlace): void {
  const next = firstAfter(places, place.index);
  if (places[next - 1]?.index === place.index) return;
  places.splice(next, 0, place);
  if (places.length > MOST_PLACES) places.splice(0, places.length, ...places.filter((_, number) => number % 2 === 0));
}

function firstAfter(places: readonly KnownPlace[], index: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = places[middle];
    if (candidate && candidate.index <= index) low = middle + 1;
    else high = middle;
  }
  return low;
}
