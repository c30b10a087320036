import { KIND_RANK } from '#core/entry/row-order.ts';
import type { LoadedSegment } from './loaded-segment.ts';

const NONE = -1;
const UNKNOWN = -2;
const FIRST_CAPACITY = 1024;
/** What holds no location: folders that have vanished, or that are in one that has. */
export const NOWHERE = 0;

/** All folders that are known, each at a place that it keeps, with what follows from where it is. */
export class FolderTable {
  #count = 0;
  readonly #places = new Map<number, number>();
  #ids = new Float64Array(FIRST_CAPACITY);
  #parentIds = new Float64Array(FIRST_CAPACITY);
  /** Where its own entry is. */
  readonly #segments: (LoadedSegment | null)[] = [];
  #slots = new Uint16Array(FIRST_CAPACITY);
  #isStale = true;
  #parents = new Int32Array(0);
  #depths = new Int32Array(0);
  #locations = new Int32Array(0);
  #order = new Int32Array(0);
  /** Every folder has a place after that of the one that it is in. */
  #isTopDown = false;
  #roots: number[] = [];

  get count(): number {
    return this.#count;
  }

  placeOf(id: number): number | undefined {
    return this.#places.get(id);
  }

  /** To be called for the slots of a segment in order. @returns whether it was not there before */
  set(id: number, parentId: number, segment: LoadedSegment, slot: number): boolean {
    const present = this.#places.get(id);
    const place = present ?? this.#count++;
    if (place === this.#ids.length) this.#grow();
    if (present === undefined) this.#places.set(id, place);
    if (present === undefined || this.#parentIds[place] !== parentId) this.#isStale = true;
    this.#ids[place] = id;
    this.#parentIds[place] = parentId;
    this.#segments[place] = segment;
    this.#slots[place] = slot;
    segment.folderSlots.push(slot);
    segment.folderPlaces.push(place);
    return present === undefined;
  }

  /** It is gone: what is still said to be in it is nowhere. Its place is not given again. */
  remove(id: number): void {
    const place = this.#places.get(id);
    if (place === undefined) return;
    this.#segments[place] = null;
    this.#isStale = true;
  }

  /** Enters all folders of a segment. */
  enter(segment: LoadedSegment): boolean {
    let hasNew = false;
    for (let slot = 0; slot < segment.base.count; slot++) {
      if (segment.kindOf(slot) !== KIND_RANK.folder || !segment.isLive(slot)) continue;
      hasNew = this.set(segment.idOf(slot), segment.parentIdOf(slot), segment, slot) || hasNew;
    }
    return hasNew;
  }

  /** To be called after changes, before anything below is asked. @param rootOf the location of which a folder is the root */
  settle(rootOf: ReadonlyMap<number, number>): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    const count = this.#count;
    this.#parents = new Int32Array(count).fill(NONE);
    this.#depths = new Int32Array(count).fill(UNKNOWN);
    this.#locations = new Int32Array(count);
    for (let place = 0; place < count; place++) {
      const parentId = this.#parentIds[place] ?? 0;
      if (parentId !== 0 && this.#segments[place]) this.#parents[place] = this.#places.get(parentId) ?? NONE;
    }
    for (let place = 0; place < count; place++) if (this.#depths[place] === UNKNOWN) this.#climb(place, rootOf);
    this.#order = this.#byDepth();
    this.#isTopDown = this.#parents.every((parent, place) => parent < place);
    this.#roots = [...this.#locations.keys()].filter((place) => this.#depths[place] === 0 && this.#locations[place] !== NOWHERE);
  }

  /** Row id of the location that holds a folder, or `NOWHERE`. */
  locationOf(place: number): number {
    return this.#locations[place] ?? NOWHERE;
  }

  /** 0 for the root of a location. */
  depthOf(place: number): number {
    return this.#depths[place] ?? 0;
  }

  parentOf(place: number): number {
    return this.#parents[place] ?? NONE;
  }

  segmentOf(place: number): LoadedSegment | null {
    return this.#segments[place] ?? null;
  }

  slotOf(place: number): number {
    return this.#slots[place] ?? 0;
  }

  idOf(place: number): number {
    return this.#ids[place] ?? 0;
  }

  /** Places of the folders that are in none. */
  get roots(): number[] {
    return this.#roots;
  }

  /** Places of all folders, each after the one that it is in. */
  get topDown(): Int32Array<ArrayBuffer> {
    return this.#order;
  }

  /** Marks what is below marked folders, too. */
  inherit(marks: Uint8Array): void {
    const [order, parents] = [this.#order, this.#parents];
    if (this.#isTopDown) {
      // As nearly always, and several times as fast as by leaps.
      for (let place = 0; place < parents.length; place++) if (marks[parents[place] ?? NONE] === 1) marks[place] = 1;
      return;
    }
    for (let index = 0; index < order.length; index++) {
      const place = order[index] ?? 0;
      // Beyond the end there is nothing, and -1 is beyond it.
      if (marks[parents[place] ?? NONE] === 1) marks[place] = 1;
    }
  }

  /** Depth and location follow from the folder above. Damaged data may make a circle: nothing in it is anywhere. */
  #climb(from: number, rootOf: ReadonlyMap<number, number>): void {
    const way: number[] = [];
    let place = from;
    while (place !== NONE && this.#depths[place] === UNKNOWN) {
      this.#depths[place] = NONE;
      way.push(place);
      place = this.#parents[place] ?? NONE;
    }
    let depth = place === NONE ? NONE : (this.#depths[place] ?? NONE);
    let location = place === NONE ? NOWHERE : (this.#locations[place] ?? NOWHERE);
    for (const below of way.toReversed()) {
      depth += 1;
      if (this.#segments[below] === null) location = NOWHERE;
      else if (this.#parentIds[below] === 0) location = rootOf.get(this.#ids[below] ?? 0) ?? NOWHERE;
      this.#depths[below] = depth;
      this.#locations[below] = location;
    }
  }

  #byDepth(): Int32Array<ArrayBuffer> {
    const starts: number[] = [];
    for (const depth of this.#depths) starts[depth + 1] = (starts[depth + 1] ?? 0) + 1;
    let before = 0;
    for (let depth = 0; depth < starts.length; depth++) {
      const here = starts[depth] ?? 0;
      starts[depth] = before;
      before += here;
    }
    const order = new Int32Array(this.#count);
    for (let place = 0; place < this.#count; place++) {
      const depth = (this.#depths[place] ?? 0) + 1;
      const at = starts[depth] ?? 0;
      order[at] = place;
      starts[depth] = at + 1;
    }
    return order;
  }

  #grow(): void {
    const length = this.#ids.length * 2;
    const [ids, parentIds, slots] = [new Float64Array(length), new Float64Array(length), new Uint16Array(length)];
    ids.set(this.#ids);
    parentIds.set(this.#parentIds);
    slots.set(this.#slots);
    this.#ids = ids;
    this.#parentIds = parentIds;
    this.#slots = slots;
  }
}
