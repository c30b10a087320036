import stringWidth from 'string-width';
import type { QueryProblem, SavedSearch, SearchHit } from '#shared/contract/search.ts';
import type { Session } from '../session.ts';
import { shownPath } from './address.ts';
import { hasOwnSize } from './entry.ts';
import { formatNumber, formatSize, formatTime } from './figures.ts';
import { safeText } from './safe-text.ts';
import { formatTable } from './table.ts';

type Output = Pick<Session, 'colors' | 'units'>;

interface SearchPage {
  items: readonly SearchHit[];
  nextCursor: string | null;
  count: { value: number; isExact: boolean } | null;
}

/** Of a long query only what is around the place of a problem is shown. */
const SHOWN_BEFORE = 40;
const SHOWN_AFTER = 30;

export function formatHits({ items, nextCursor, count }: SearchPage, output: Output): string {
  const { colors } = output;
  const total = count && `${count.isExact ? '' : 'over '}${formatNumber(count.value)} in all`;
  const next = nextCursor === null ? null : `go on with --cursor ${nextCursor}`;
  const remarks = [total, next].filter((remark) => remark !== null).join('; ');
  if (items.length === 0) return ['Nothing was found.', ...(remarks ? [colors.dim(remarks)] : [])].join('\n');
  const columns = [{ title: 'Where' }, { title: 'Size', align: 'right' }, { title: 'Modified' }, { title: 'Volume' }] as const;
  const rows = items.map((hit) => [
    placeOf(hit, output),
    hasOwnSize(hit.entry) ? formatSize(hit.entry.sizeBytes ?? 0, output.units) : '',
    formatTime(hit.entry.modifiedAt),
    hit.isOnline ? safeText(hit.volumeName) : `${safeText(hit.volumeName)} ${colors.yellow('(offline)')}`,
  ]);
  return [formatTable(columns, rows), ...(remarks ? [colors.dim(remarks)] : [])].join('\n');
}

/** Its path, or, of a drive that is not there, the way to it from the location on. What was looked for stands out in the name. */
function placeOf({ entry, folderText, isOnline, matches }: SearchHit, { colors }: Output): string {
  const path = shownPath(entry.path);
  const above = isOnline ? path.slice(0, path.lastIndexOf('/')) : safeText(folderText);
  let name = '';
  let end = 0;
  for (const match of matches) {
    name += safeText(entry.name.slice(end, match.start)) + colors.bold(safeText(entry.name.slice(match.start, match.end)));
    end = match.end;
  }
  name += safeText(entry.name.slice(end));
  return `${above.replace(/\/$/, '')}/${name}${entry.kind === 'folder' ? '/' : ''}`;
}

/** Each problem below the place in the query that it is about. */
export function formatProblems(query: string, problems: readonly QueryProblem[], { colors }: Pick<Session, 'colors'>): string {
  return problems
    .map(({ start, end, message, kind }) => {
      const from = start > SHOWN_BEFORE ? start - SHOWN_BEFORE : 0;
      const to = Math.min(end, start + SHOWN_AFTER);
      const before = (from > 0 ? '…' : '') + safeText(query.slice(from, start));
      const place = safeText(query.slice(start, to));
      const after = safeText(query.slice(to, to + SHOWN_AFTER)) + (to + SHOWN_AFTER < query.length ? '…' : '');
      const carets = ' '.repeat(stringWidth(before)) + '^'.repeat(Math.max(1, stringWidth(place)));
      const color = kind === 'mistake' ? colors.red : colors.yellow;
      return `  ${before}${place}${after}\n  ${color(carets)}\n${safeText(message)}`;
    })
    .join('\n');
}

export function formatSavedSearches(items: readonly SavedSearch[]): string {
  if (items.length === 0) return 'No search is kept.';
  return formatTable(
    [{ title: 'Name' }, { title: 'Query' }, { title: 'Sort' }, { title: 'Id' }],
    items.map(({ name, query, sort, order, id }) => {
      const shownOrder = sort === 'relevance' ? sort : `${sort} ${order}`;
      return [safeText(name), safeText(query), shownOrder, id];
    }),
  );
}
