import { KIND_RANK } from '#core/entry/row-order.ts';
import type { Query } from '../query/query.ts';
import { ExtensionFilter } from './extension-filter.ts';
import type { LoadedIndex } from './loaded-index.ts';
import type { LoadedSegment } from './loaded-segment.ts';
import { both, either, MatchArrays, type Matches, where, without } from './matches.ts';
import type { SearchRequest } from './search-index.ts';
import { FLAG } from './segment-format.ts';
import { RANK, TextSearch } from './text-search.ts';

/** Looks at one segment. `within`: only these slots matter. */
type Test = (segment: LoadedSegment, within: Matches) => Matches;
type Surroundings = Pick<SearchRequest, 'online' | 'volumes' | 'names'>;

/** What is looked at last, because it takes longest. */
const COST = { regex: 2, other: 1, cheap: 0 } as const;

/** Says of the entries of each segment whether they match a query, and how well. */
export class QueryEvaluation {
  readonly #index: LoadedIndex;
  readonly #around: Surroundings;
  readonly #arrays = new MatchArrays();
  readonly #texts = new Map<string, TextSearch>();
  readonly #test: Test;
  readonly #onlyText: TextSearch | null;
  /** A text that all have to have is nowhere. */
  #isHopeless = false;

  /** `check` is called now and then, and may throw to end early. */
  constructor(query: Query, index: LoadedIndex, around: Surroundings, check: () => void) {
    this.#index = index;
    this.#around = around;
    this.#test = this.#prepare(query);
    this.#onlyText = query.type === 'text' ? (this.#texts.get(query.text) ?? null) : null;
    const needed = textsNeeded(query);
    for (const text of this.#texts.values()) {
      for (const segment of index.segments) {
        check();
        text.scan(segment);
      }
      text.findFolders(index, around.names);
      if (text.isNowhere && needed.has(text.text)) {
        this.#isHopeless = true;
        break;
      }
    }
  }

  /** The text that is looked for, when there is nothing else. */
  get onlyText(): TextSearch | null {
    return this.#onlyText;
  }

  /** Valid until it is called again. */
  matchesIn(segment: LoadedSegment): Matches {
    this.#arrays.reset();
    if (this.#isHopeless) return 'none';
    return this.#test(segment, 'all');
  }

  #prepare(query: Query): Test {
    switch (query.type) {
      case 'all':
        return () => 'all';
      case 'none':
        return () => 'none';
      case 'and':
        return this.#prepareAnd(query.of);
      case 'or': {
        const tests = query.of.map((one) => this.#prepare(one));
        return (segment, within) => {
          let matches: Matches = 'none';
          for (const test of tests) matches = either(matches, test(segment, within), segment.base.count, this.#arrays);
          return matches;
        };
      }
      case 'not': {
        const test = this.#prepare(query.of);
        return (segment, within) => without(test(segment, within), segment.base.count, this.#arrays);
      }
      case 'text':
        return this.#prepareText(query.text);
      default:
        return this.#prepareFilter(query);
    }
  }

  #prepareAnd(of: readonly Query[]): Test {
    const inOrder = of.toSorted((a, b) => costOf(a) - costOf(b)).map((one) => this.#prepare(one));
    return (segment, within) => {
      let matches: Matches = within;
      let isFirst = true;
      for (const test of inOrder) {
        const found = test(segment, matches);
        // What is left of `within` has no rank of its own.
        matches = isFirst ? found : both(matches, found, segment.base.count, this.#arrays);
        isFirst = false;
        if (matches === 'none') return 'none';
      }
      return isFirst ? 'all' : matches;
    };
  }

  #prepareText(text: string): Test {
    const search = this.#texts.get(text) ?? new TextSearch(text);
    this.#texts.set(text, search);
    return (segment) => {
      const hits = search.hitsIn(segment);
      const { inFolders } = search;
      let matches: Uint8Array | null = null;
      for (let run = 0; inFolders && run < segment.runFolders.length; run++) {
        if (inFolders[segment.runFolders[run] ?? -1] !== 1) continue;
        matches ??= this.#arrays.take();
        matches.fill(RANK.folder, segment.base.runStarts[run] ?? 0, segment.runEnd(run));
      }
      if (!hits) return matches ?? 'none';
      matches ??= this.#arrays.take();
      const { slots, ranks } = hits;
      for (let hit = 0; hit < slots.length; hit++) matches[slots[hit] ?? 0] = ranks[hit] ?? 0;
      return matches;
    };
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
    return (segment, within) => {
      const isTrue = testIn(segment);
      if (typeof within === 'string') return where(segment.base.count, this.#arrays, isTrue);
      return where(segment.base.count, this.#arrays, (slot) => within[slot] !== 0 && isTrue(slot));
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
    return (segment) => {
      marks ??= mark();
      let matches: Uint8Array | null = null;
      for (let run = 0; run < segment.runFolders.length; run++) {
        if (marks[segment.runFolders[run] ?? -1] !== 1) continue;
        matches ??= this.#arrays.take();
        matches.fill(RANK.whole, segment.base.runStarts[run] ?? 0, segment.runEnd(run));
      }
      return matches ?? 'none';
    };
  }
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

/** Texts without which nothing matches. */
function textsNeeded(query: Query): Set<string> {
  const all = query.type === 'and' ? query.of : [query];
  return new Set(all.flatMap((one) => (one.type === 'text' ? [one.text] : [])));
}

function costOf(query: Query): number {
  if (query.type === 'and' || query.type === 'or') return Math.max(COST.cheap, ...query.of.map(costOf));
  if (query.type === 'not') return costOf(query.of);
  if (query.type === 'regex') return COST.regex;
  return query.type === 'text' || query.type === 'in' || query.type === 'location' ? COST.cheap : COST.other;
}
