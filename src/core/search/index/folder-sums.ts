/** @file What folders are by what is in them, added up of the segments. */
import { KIND_RANK } from '#core/entry/row-order.ts';
import type { LoadedIndex } from './loaded-index.ts';
import type { LoadedSegment } from './loaded-segment.ts';

/** Bytes of the files below each folder, by its place. */
export function sumUp(index: LoadedIndex): Float64Array {
  const { folders, segments } = index;
  const sizes = new Float64Array(folders.count);
  const add = (place: number, bytes: number) => {
    sizes[place] = (sizes[place] ?? 0) + bytes;
  };
  for (const segment of segments) {
    const { size } = index.numbers(segment);
    for (const [run, place] of segment.runFolders.entries()) if (place >= 0) add(place, bytesIn(segment, run, size));
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
    for (const [run, place] of segment.runFolders.entries()) if (place >= 0 && segment.liveIn(run) > 0) isEmpty[place] = 0;
  }
  for (let place = 0; place < isEmpty.length; place++) {
    if (isEmpty[place] === 1 && childCountOf(folders.idOf(place)) !== 0) isEmpty[place] = 0;
  }
  return isEmpty;
}

function bytesIn(segment: LoadedSegment, run: number, size: Float64Array): number {
  const end = segment.runEnd(run);
  let bytes = 0;
  for (let slot = segment.base.runStarts[run] ?? 0; slot < end; slot++) {
    if (segment.kindOf(slot) === KIND_RANK.file && segment.isLive(slot)) bytes += size[slot] ?? 0;
  }
  return bytes;
}
