import { KIND_RANK } from '#core/entry/row-order.ts';
import type { Query } from '../query/query.ts';
import { ExtensionFilter } from './extension-filter.ts';
import type { LoadedIndex } from './loaded-index.ts';
import type { LoadedSegment } from './loaded-segment.ts';
import { both, either, MatchArrays, type Matches, type Stretch, where, without } from './matches.ts';
import { costOf, isRanked, leavesOutText, mayBeginWithAll } from './query-shape.ts';
import { RANK } from './rank.ts';
import type { SearchRequest } from './search-index.ts';
import { FLAG } from './segment-format.ts';
import { ALL_BLOCKS } from './signature.ts';
import { TextSearch } from './text-search.ts';

/**
 * Looks at a stretch of a segment for what matches at least so well (`RANK`); of what matches less well it may say that it does not match.
 * `within`: only these slots matter.
 */
type Test = (segment: LoadedSegment, stretch: Stretch, least: number, within: Matches) => Matches;
type Surroundings = Pick<SearchRequest, 'online' | 'volumes' | 'names'>;

/** A part of a query. */
interface Part {
  test: Test;
  /** Blocks that may have entries that match at least so well, as bits, by the index of their segment. */
  blocks(least: number): Uint16Array;
}

/**
 * Says of the entries of each segment whether they match a query, and how well. Until `findFolders` is called, texts are looked for in names alone:
 * what they match by then, better than by a folder above, is right already, unless something is left out because of a text (`needsFolders`).
 */
export class QueryEvaluation {
  readonly #index: LoadedIndex;
  readonly #around: Surroundings;
  readonly #arrays = new MatchArrays();
  readonly #texts = new Map<string, TextSearch>();
  readonly #whole: Part;
  /** Nothing of what is said before the folders are known is right. */
  readonly needsFolders: boolean;
  /** No match is better or worse than another. */
  readonly isUnranked: boolean;
  /** The text that is looked for, where that is all of the query. */
  readonly onlyText: TextSearch | null;
  #knowsFolders = false;

  constructor(query: Query, index: LoadedIndex, around: Surroundings) {
    this.#index = index;
    this.#around = around;
    this.#whole = this.#prepare(query);
    this.needsFolders = leavesOutText(query);
    this.isUnranked = !isRanked(query);
    this.onlyText = query.type === 'text' ? (this.#texts.get(query.text) ?? null) : null;
  }

  /**
   * Blocks that may have entries that match at least so well (`RANK`), as bits, by the index of their segment. Of those in folders only what is
   * known by now.
   */
  blocks(least: number): Uint16Array {
    return this.#whole.blocks(least);
  }

  /** What matches at least so well; there may be others among them. Valid until it is called again. */
  matchesIn(segment: LoadedSegment, stretch: Stretch, least: number): Matches {
    this.#arrays.reset();
    return this.#whole.test(segment, stretch, least, 'all');
  }

  /** From now on what is in a folder matches by the name of that folder, too. `check` may throw to end early. */
  findFolders(check: () => void): void {
    if (this.#knowsFolders) return;
    this.#knowsFolders = true;
    for (const text of this.#texts.values()) {
      check();
      text.findFolders(this.#around.names);
    }
  }

  /** Whether entries may match by the name of a folder. To be asked when folders have been looked for. */
  get isInFolders(): boolean {
    return this.#texts.values().some(({ inFolders }) => inFolders !== null);
  }

  #prepare(query: Query): Part {
    switch (query.type) {
      case 'all':
        return { test: () => 'all', blocks: () => this.#blocks(ALL_BLOCKS) };
      case 'none':
        return { test: () => 'none', blocks: () => this.#blocks(0) };
      case 'and':
        return this.#prepareAnd(query.of);
      case 'or':
        return this.#prepareOr(query.of);
      case 'not': {
        const { test } = this.#prepare(query.of);
        const all: Test = (segment, stretch, _least, within) => {
          return without(test(segment, stretch, RANK.folder, within), stretch, this.#arrays);
        };
        return { test: all, blocks: () => this.#blocks(ALL_BLOCKS) };
      }
      case 'text':
        return this.#prepareText(query.text);
      default:
        return { test: this.#prepareFilter(query), blocks: () => this.#blocks(ALL_BLOCKS) };
    }
  }

  #prepareAnd(of: readonly Query[]): Part {
    const inOrder = of.toSorted((a, b) => costOf(a) - costOf(b)).map((one) => this.#prepare(one));
    return {
      test: (segment, stretch, least, within) => {
        let matches: Matches = within;
        let isFirst = true;
        for (const { test } of inOrder) {
          const found = test(segment, stretch, least, matches);
          // What is left of `within` has no rank of its own.
          matches = isFirst ? found : both(matches, found, stretch, this.#arrays);
          isFirst = false;
          if (matches === 'none') return 'none';
        }
        return isFirst ? 'all' : matches;
      },
      blocks: (least) => {
        if (least >= RANK.start && !mayBeginWithAll(of)) return this.#blocks(0);
        const blocks = this.#blocks(ALL_BLOCKS);
        for (const part of inOrder) for (const [index, some] of part.blocks(least).entries()) blocks[index] = (blocks[index] ?? 0) & some;
        return blocks;
      },
    };
  }

  #prepareOr(of: readonly Query[]): Part {
    const parts = of.map((one) => this.#prepare(one));
    return {
      test: (segment, stretch, least, within) => {
        let matches: Matches = 'none';
        for (const { test } of parts) matches = either(matches, test(segment, stretch, least, within), stretch, this.#arrays);
        return matches;
      },
      blocks: (least) => {
        const blocks = this.#blocks(0);
        for (const part of parts) for (const [index, some] of part.blocks(least).entries()) blocks[index] = (blocks[index] ?? 0) | some;
        return blocks;
      },
    };
  }

  #prepareText(text: string): Part {
    const search = this.#texts.get(text) ?? new TextSearch(text, this.#index);
    this.#texts.set(text, search);
    return {
      test: (segment, stretch, least) => {
        const matches = this.#arrays.take(stretch);
        const marks = least <= RANK.folder ? search.inFolders : null;
        const isInside = marks !== null && rankByFolder(segment, stretch, marks, matches, RANK.folder);
        const isNamed = search.scan(segment, stretch, least, matches);
        return isInside || isNamed ? matches : 'none';
      },
      blocks: (least) => search.blocks(least),
    };
  }

  /** The same of all segments. */
  #blocks(same: number): Uint16Array {
    return new Uint16Array(this.#index.segments.length).fill(same);
  }

  #prepareFilter(query: Exclude<Query, { type: 'all' | 'none' | 'and' | 'or' | 'not' | 'text' }>): Test {
    switch (query.type) {
      case 'regex':
        return this.#byRegex(query.regex);
      case 'extension': {
        const filter = new ExtensionFilter(query.extensions);
        return this.#bySlot((segment) => (slot) => filter.matches(segment, slot, this.#index));
      }
      case 'kind': {
        const kinds = new Set<number>(query.kinds.map((kind) => KIND_RANK[kind]));
        return this.#bySlot((segment) => (slot) => kinds.has(segment.kindOf(slot)));
      }
      case 'hidden':
        return this.#bySlot((segment) => (slot) => (segment.flagsOf(slot) & FLAG.hidden) !== 0);
      case 'size': {
        const { min, max } = query;
        return this.#bySlot((segment) => {
          const sizeOf = sizesOf(segment, this.#index);
          return (slot) => {
            const size = sizeOf(slot);
            return (min === null || size >= min) && (max === null || size <= max);
          };
        });
      }
      case 'empty':
        return this.#bySlot((segment) => isEmptyIn(segment, this.#index));
      case 'time':
        return this.#byTime(query);
      case 'in':
        return this.#byFolder(() => foldersBelow(query.path, this.#index, this.#around.names));
      case 'location':
        return this.#byLocation((location) => this.#around.names.get(location)?.includes(query.text) ?? false);
      case 'volume':
        return this.#byLocation((location) => {
          const volume = this.#around.volumes.get(location);
          return volume !== undefined && (volume.name.includes(query.text) || volume.fingerprint === query.text);
        });
      case 'online':
        return this.#byLocation((location) => this.#around.online.has(location) === query.isOnline);
    }
  }

  #bySlot(testIn: (segment: LoadedSegment) => (slot: number) => boolean): Test {
    return (segment, stretch, _least, within) => {
      const isTrue = testIn(segment);
      if (typeof within === 'string') return where(stretch, this.#arrays, isTrue);
      return where(stretch, this.#arrays, (slot) => within[slot] !== 0 && isTrue(slot));
    };
  }

  #byRegex(regex: RegExp): Test {
    return this.#bySlot((segment) => {
      const spelling = this.#index.spelling(segment);
      return (slot) => {
        if (!segment.isLive(slot)) return false;
        regex.lastIndex = 0;
        return regex.test(segment.shownName(slot, spelling));
      };
    });
  }

  #byTime({ field, from, before }: Extract<Query, { type: 'time' }>): Test {
    const [least, end] = [from ?? Number.NEGATIVE_INFINITY, before ?? Number.POSITIVE_INFINITY];
    return this.#bySlot((segment) => {
      const times = field === 'modified' ? segment.base.modified : this.#index.numbers(segment).born;
      return (slot) => {
        const time = times[slot] ?? Number.NaN;
        return time >= least && time < end;
      };
    });
  }

  #byLocation(isMeant: (location: number) => boolean): Test {
    return this.#byFolder(() => {
      const { folders } = this.#index;
      const known = new Map<number, boolean>();
      const marks = new Uint8Array(folders.count);
      for (let place = 0; place < marks.length; place++) {
        const location = folders.locationOf(place);
        const isWanted = known.get(location) ?? isMeant(location);
        known.set(location, isWanted);
        if (isWanted) marks[place] = 1;
      }
      return marks;
    });
  }

  /** Entries that are directly in a marked folder. */
  #byFolder(mark: () => Uint8Array): Test {
    let marks: Uint8Array | null = null;
    return (segment, stretch) => {
      marks ??= mark();
      const matches = this.#arrays.take(stretch);
      return rankByFolder(segment, stretch, marks, matches, RANK.whole) ? matches : 'none';
    };
  }
}

/** Gives those that are directly in a marked folder a rank. @returns whether there are any */
function rankByFolder(segment: LoadedSegment, { from, to }: Stretch, marks: Uint8Array, ranks: Uint8Array, rank: number): boolean {
  const { parentFolders } = segment;
  const { parentOf } = segment.base;
  let hasAny = false;
  for (let slot = from; slot < to; slot++) {
    const folder = parentFolders[parentOf[slot] ?? 0] ?? -1;
    if (folder < 0 || marks[folder] !== 1) continue;
    ranks[slot] = rank;
    hasAny = true;
  }
  return hasAny;
}

/** Bytes of each entry; of a folder, what is below it. */
export function sizesOf(segment: LoadedSegment, index: LoadedIndex): (slot: number) => number {
  const { size } = index.numbers(segment);
  return (slot) => {
    if (segment.kindOf(slot) !== KIND_RANK.folder) return size[slot] ?? 0;
    return index.folderSizes[index.folders.placeOf(segment.idOf(slot)) ?? -1] ?? 0;
  };
}

function isEmptyIn(segment: LoadedSegment, index: LoadedIndex): (slot: number) => boolean {
  const { size } = index.numbers(segment);
  return (slot) => {
    const kind = segment.kindOf(slot);
    if (kind === KIND_RANK.folder) return index.emptyFolders[index.folders.placeOf(segment.idOf(slot)) ?? -1] === 1;
    return kind === KIND_RANK.file && size[slot] === 0;
  };
}

/** Marks the folders at which a path ends, and those below them. */
function foldersBelow(path: readonly string[], index: LoadedIndex, names: ReadonlyMap<number, string>): Uint8Array {
  const { folders } = index;
  const last = Buffer.from(path.at(-1) ?? '');
  const marks = new Uint8Array(folders.count);
  const nameOf = (place: number): string => {
    if (folders.depthOf(place) === 0) return names.get(folders.locationOf(place)) ?? '';
    return folders.segmentOf(place)?.foldedName(folders.slotOf(place)) ?? '';
  };
  const isNamed = (place: number): boolean => {
    if (folders.depthOf(place) === 0) return nameOf(place) === path.at(-1);
    const segment = folders.segmentOf(place);
    return segment !== null && last.equals(segment.foldedBytes(folders.slotOf(place)));
  };
  for (let place = 0; place < marks.length; place++) {
    if (!isNamed(place)) continue;
    let above = folders.parentOf(place);
    let left = path.length - 2;
    while (left >= 0 && above >= 0 && nameOf(above) === path[left]) {
      above = folders.parentOf(above);
      left -= 1;
    }
    if (left < 0) marks[place] = 1;
  }
  folders.inherit(marks);
  return marks;
}
