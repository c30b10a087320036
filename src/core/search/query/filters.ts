import { ENTRY_KINDS, extensionsOf, findKind, isEntryKind } from './file-kinds.ts';
import { foldText } from './fold-text.ts';
import { nearestOf } from './nearest.ts';
import type { Query } from './query.ts';
import { QueryMistake } from './query-mistake.ts';
import { readSize } from './read-size.ts';
import { readTime, type TimeContext } from './read-time.ts';

export interface Filter {
  /** What it is for, in a few words. */
  detail: string;
  example: string;
  /** Whether commas separate values, any of which will do. */
  isList: boolean;
  /** @throws QueryMistake */
  read(value: string, context: TimeContext): Query;
}

const unknownYet = (what: string) => (): never => {
  throw new QueryMistake(`${what} not known yet, so this part is left out.`, 'unknown-yet');
};

const STATES: Readonly<Record<string, Query | (() => never)>> = {
  offline: { type: 'online', isOnline: false },
  online: { type: 'online', isOnline: true },
  file: { type: 'kind', kinds: ['file'] },
  folder: { type: 'kind', kinds: ['folder'] },
  link: { type: 'kind', kinds: ['symlink'] },
  hidden: { type: 'hidden' },
  empty: { type: 'empty' },
  dup: unknownYet('Duplicates are'),
  duplicate: unknownYet('Duplicates are'),
  favorite: unknownYet('Favourites are'),
  favourite: unknownYet('Favourites are'),
};

/** What `is:` takes, as completion offers it. */
export const STATE_DETAILS: Readonly<Record<string, string>> = {
  offline: 'on a drive that is not plugged in',
  online: 'on a drive that is plugged in',
  file: '',
  folder: '',
  link: '',
  hidden: 'name begins with a dot',
  empty: 'no bytes, or nothing in it',
};

/** All filters of the language, the most used first. */
export const FILTERS: Readonly<Record<string, Filter>> = {
  ext: { detail: 'extension', example: 'ext:pdf,docx', isList: true, read: readExtension },
  kind: { detail: 'kind of file', example: 'kind:image', isList: true, read: readKind },
  size: { detail: 'size', example: 'size:>10mb', isList: false, read: readSize },
  modified: { detail: 'last changed', example: 'modified:<7d', isList: false, read: (text, at) => readTime(text, 'modified', at) },
  created: { detail: 'made', example: 'created:2024-05', isList: false, read: (text, at) => readTime(text, 'created', at) },
  in: { detail: 'below a folder', example: 'in:"Photos/2023"', isList: false, read: readFolder },
  volume: { detail: 'on a drive', example: 'volume:Backup', isList: false, read: (text) => ({ type: 'volume', text: foldValue(text) }) },
  location: {
    detail: 'in a location',
    example: 'location:Photos',
    isList: false,
    read: (text) => ({ type: 'location', text: foldValue(text) }),
  },
  is: { detail: 'state', example: 'is:offline', isList: true, read: readState },
  name: { detail: 'regular expression', example: 'name:/^img_\\d+/', isList: false, read: readName },
  tag: { detail: 'tag', example: 'tag:Work', isList: false, read: unknownYet('Tags are') },
  content: { detail: 'text inside', example: 'content:"invoice 2024"', isList: false, read: unknownYet('Texts inside of files are') },
  camera: { detail: 'camera', example: 'camera:"EOS R5"', isList: false, read: unknownYet('Cameras are') },
  copies: { detail: 'number of copies', example: 'copies:1', isList: false, read: unknownYet('Copies are') },
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
    throw new QueryMistake(`There is no kind “${value}”. Some are image, video, audio, document, archive, code, folder.`);
  }
  if (isEntryKind(kind)) return { type: 'kind', kinds: [ENTRY_KINDS[kind]] };
  return { type: 'extension', extensions: extensionsOf(kind) };
}

function readState(value: string): Query {
  const key = value.trim().toLowerCase();
  const state = Object.hasOwn(STATES, key) ? STATES[key] : undefined;
  if (state === undefined) {
    const near = nearestOf(key, Object.keys(STATES));
    const advice = near ? `Did you mean is:${near}?` : `There are ${Object.keys(STATE_DETAILS).join(', ')}.`;
    throw new QueryMistake(`There is no is:${value}. ${advice}`);
  }
  return typeof state === 'function' ? state() : state;
}

function readFolder(value: string): Query {
  const path = value.split('/').map(foldText);
  const names = path.filter((name) => name !== '');
  if (names.length === 0) throw new QueryMistake('A folder is missing. Write it as in:Photos or in:"Photos/2023".');
  return { type: 'in', path: names };
}

function readName(value: string): Query {
  throw new QueryMistake(`After name: stands a regular expression, as in name:/${value}/. To look for words, write them alone.`);
}

function foldValue(value: string): string {
  const folded = foldText(value.trim());
  if (folded === '') throw new QueryMistake('A name is missing here.');
  return folded;
}
