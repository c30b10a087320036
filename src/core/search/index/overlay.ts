import { KIND_RANK } from '#core/entry/row-order.ts';
import type { FolderTable } from './folder-table.ts';
import { LoadedSegment } from './loaded-segment.ts';
import type { NameMemory } from './name-memory.ts';
import type { SearchedRow } from './searched-rows.ts';
import { SegmentBuilder } from './segment-builder.ts';
import { SEGMENT_SIZE } from './segment-format.ts';

interface Sheet {
  builder: SegmentBuilder;
  segment: LoadedSegment;
}

/** Entries that no segment of the database has, or that have changed since: segments of their own, in the order in which they were read. */
export class Overlay {
  readonly #memory: NameMemory;
  readonly #sheets: Sheet[] = [];
  readonly #places = new Map<number, { sheet: Sheet; slot: number }>();
  /** Slots in all. */
  #slots = 0;
  #fresh: { sheet: Sheet; slot: number; row: SearchedRow }[] = [];

  constructor(memory: NameMemory) {
    this.#memory = memory;
  }

  get segments(): LoadedSegment[] {
    return this.#sheets.map(({ segment }) => segment);
  }

  get size(): number {
    return this.#places.size;
  }

  /** Most of it has changed again since: to begin anew costs less. */
  get isWorn(): boolean {
    return this.#slots > 4 * (this.#places.size + SEGMENT_SIZE);
  }

  put(row: SearchedRow): void {
    this.remove(row.id);
    let sheet = this.#sheets.at(-1);
    if (!sheet || sheet.builder.isFull) {
      sheet = makeSheet(this.#memory);
      this.#sheets.push(sheet);
    }
    const slot = sheet.builder.count;
    sheet.builder.add(row.id, row);
    this.#places.set(row.id, { sheet, slot });
    this.#slots += 1;
    this.#fresh.push({ sheet, slot, row });
  }

  remove(id: number): void {
    const place = this.#places.get(id);
    if (!place) return;
    this.#places.delete(id);
    place.sheet.segment.kill(place.slot);
  }

  removeWhere(isMeant: (id: number) => boolean): void {
    for (const id of this.#places.keys()) if (isMeant(id)) this.remove(id);
  }

  /** Makes what has been put since the last time part of its segments, and of the folders. @returns whether there are new folders */
  settle(folders: FolderTable): boolean {
    const sheets = new Set(this.#fresh.map(({ sheet }) => sheet));
    for (const { builder, segment } of sheets) {
      segment.base = builder.base();
      segment.numbers = builder.numbers();
      segment.spelling = builder.spelling();
      segment.isResolved = false;
    }
    let hasNew = false;
    for (const { sheet, slot, row } of this.#fresh) {
      if (row.kind !== KIND_RANK.folder || !sheet.segment.isLive(slot)) continue;
      hasNew = folders.set(row.id, row.parentId ?? 0, sheet.segment, slot) || hasNew;
    }
    this.#fresh = [];
    return hasNew;
  }
}

function makeSheet(memory: NameMemory): Sheet {
  const builder = new SegmentBuilder();
  const segment = new LoadedSegment(null, builder.base());
  segment.scanBy(memory);
  return { builder, segment };
}
