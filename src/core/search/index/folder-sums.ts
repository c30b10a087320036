/** @file What folders are by what is in them, added up of the segments. */
import { KIND_RANK } from '#core/entry/row-order.ts';
import type { LoadedIndex } from './loaded-index.ts';

/** Bytes of the files below each folder, by its place. */
export function sumUp(index: LoadedIndex): Float64Array {
  const { folders, segments } = index;
  const sizes = new Float64Array(folders.count);
  const add = (place: number, bytes: number) => {
    sizes[place] = (sizes[place] ?? 0) + bytes;
  };
  for (const segment of segments) {
    const { size } = index.numbers(segment);
    for (let slot = 0; slot < segment.base.count; slot++) {
      if (segment.kindOf(slot) !== KIND_RANK.file || !segment.isLive(slot)) continue;
      const place = segment.folderOf(slot);
      if (place >= 0) add(place, size[slot] ?? 0);
    }
  }
  for (const place of folders.topDown.toReversed()) {
    const parent = folders.parentOf(place);
    if (parent >= 0) add(parent, sizes[place] ?? 0);
  }
  return sizes;
}

/** 1 at the places of folders with nothing in them. @param childCountOf null where a folder has not been read: it is not known to be empty */
export function findEmpty({ folders, segments }: LoadedIndex, childCountOf: (id: number) => number | null): Uint8Array {
  const isEmpty = new Uint8Array(folders.count).fill(1);
  for (const segment of segments) {
    for (let slot = 0; slot < segment.base.count; slot++) if (segment.isLive(slot)) isEmpty[segment.folderOf(slot)] = 0;
  }
  for (let place = 0; place < isEmpty.length; place++) {
    if (isEmpty[place] === 1 && childCountOf(folders.idOf(place)) !== 0) isEmpty[place] = 0;
  }
  return isEmpty;
}
