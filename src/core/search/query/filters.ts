import { ENTRY_KINDS, extensionsOf, findKind, isEntryKind } from './file-kinds.ts';
import { foldText } from './fold-text.ts';
import { nearestOf } from './nearest.ts';
import type { Query } from './query.ts';
import { mistake } from './query-mistake.ts';
import { readSize } from './read-size.ts';
import { readTime, type TimeContext } from './read-time.ts';

export interface Filter {
  example: string;
  /** Whether commas separate values, any of which will do. */
  isList: boolean;
  /** @throws QueryMistake */
  read(value: string, context: TimeContext): Query;
}

const unknownYet = (what: 'duplicates' | 'favorites' | 'tags' | 'content' | 'cameras' | 'copies') => (): never => {
  throw mistake(`${what}-not-known-yet`);
};

const STATES: Readonly<Record<string, Query | (() => never)>> = {
  offline: { type: 'online', isOnline: false },
  online: { type: 'online', isOnline: true },
  file: { type: 'kind', kinds: ['file'] },
  folder: { type: 'kind', kinds: ['folder'] },
  link: { type: 'kind', kinds: ['symlink'] },
  hidden: { type: 'hidden' },
  empty: { type: 'empty' },
  dup: unknownYet('duplicates'),
  duplicate: unknownYet('duplicates'),
  favorite: unknownYet('favorites'),
  favourite: unknownYet('favorites'),
};

/** What `is:` takes, as completion offers it. */
export const OFFERED_STATES = ['offline', 'online', 'file', 'folder', 'link', 'hidden', 'empty'] as const;

/** All filters of the language, the most used first. */
export const FILTERS: Readonly<Record<string, Filter>> = {
  ext: { example: 'ext:pdf,docx', isList: true, read: readExtension },
  kind: { example: 'kind:image', isList: true, read: readKind },
  size: { example: 'size:>10mb', isList: false, read: readSize },
  modified: { example: 'modified:<7d', isList: false, read: (text, at) => readTime(text, 'modified', at) },
  created: { example: 'created:2024-05', isList: false, read: (text, at) => readTime(text, 'created', at) },
  in: { example: 'in:"Photos/2023"', isList: false, read: readFolder },
  volume: { example: 'volume:Backup', isList: false, read: (text) => ({ type: 'volume', text: foldValue(text) }) },
  location: {
    example: 'location:Photos',
    isList: false,
    read: (text) => ({ type: 'location', text: foldValue(text) }),
  },
  is: { example: 'is:offline', isList: true, read: readState },
  name: { example: 'name:/^img_\\d+/', isList: false, read: readName },
  tag: { example: 'tag:Work', isList: false, read: unknownYet('tags') },
  content: { example: 'content:"invoice 2024"', isList: false, read: unknownYet('content') },
  camera: { example: 'camera:"EOS R5"', isList: false, read: unknownYet('cameras') },
  copies: { example: 'copies:1', isList: false, read: unknownYet('copies') },
};

/** The filter of that name in any case; null when there is none. */
export function findFilter(name: string): Filter | null {
  const key = name.toLowerCase();
  return Object.hasOwn(FILTERS, key) ? (FILTERS[key] ?? null) : null;
}

/** Of `tar.gz` the library knows the `gz` as extension; the rest is looked for in the name. */
function readExtension(value: string): Query {
  const extension = foldText(value.trim().replace(/^\*?\./, ''));
  const [last = ''] = extension.split('.').slice(-1);
  const ofLast: Query = { type: 'extension', extensions: [last] };
  if (last === extension) return ofLast;
  return {
    type: 'and',
    of: [ofLast, { type: 'regex', regex: new RegExp(`\\.${extension.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`, 'iu') }],
  };
}

function readKind(value: string): Query {
  const kind = findKind(value.trim());
  if (kind === null) {
    throw mistake('kind-unknown', { value });
  }
  if (isEntryKind(kind)) return { type: 'kind', kinds: [ENTRY_KINDS[kind]] };
  return { type: 'extension', extensions: extensionsOf(kind) };
}

function readState(value: string): Query {
  const key = value.trim().toLowerCase();
  const state = Object.hasOwn(STATES, key) ? STATES[key] : undefined;
  if (state === undefined) {
    const near = nearestOf(key, Object.keys(STATES));
    if (near) throw mistake('state-misspelt', { value, near });
    throw mistake('state-unknown', { value, states: OFFERED_STATES.join(', ') });
  }
  return typeof state === 'function' ? state() : state;
}

function readFolder(value: string): Query {
  const path = value.split('/').map(foldText);
  const names = path.filter((name) => name !== '');
  if (names.length === 0) throw mistake('folder-missing');
  return { type: 'in', path: names };
}

function readName(value: string): Query {
  throw mistake('regex-expected', { value });
}

function foldValue(value: string): string {
  const folded = foldText(value.trim());
  if (folded === '') throw mistake('name-missing');
  return folded;
}
