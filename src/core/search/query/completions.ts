import { type CompletionDetail, detail, NO_DETAIL } from './completion-detail.ts';
import { ENTRY_KINDS, KIND_EXTENSIONS } from './file-kinds.ts';
import { FILTERS, OFFERED_STATES } from './filters.ts';
import { foldText } from './fold-text.ts';
import { TIME_WORDS } from './read-time.ts';

/** What may be written at a place. */
export interface Completion extends CompletionDetail {
  /** What is put there. */
  text: string;
  label: string;
}

/** A value of the library, and what is said of it. */
export interface NamedValue extends CompletionDetail {
  value: string;
}

/** Filters that answer, in the order of the table. What is not known yet is not offered. */
const OFFERED = ['ext', 'kind', 'size', 'modified', 'created', 'in', 'volume', 'location', 'is', 'name'] as const;
const KINDS = [...Object.keys(KIND_EXTENSIONS), ...Object.keys(ENTRY_KINDS)];
const STATES: readonly NamedValue[] = OFFERED_STATES.map((value) => ({
  value,
  ...(value === 'file' || value === 'folder' || value === 'link' ? NO_DETAIL : detail(`state-${value}`)),
}));
const SIZES: readonly NamedValue[] = [
  { value: '>1mb', ...detail('size-over', { size: '1 MB' }) },
  { value: '>10mb', ...detail('size-over', { size: '10 MB' }) },
  { value: '>100mb', ...detail('size-over', { size: '100 MB' }) },
  { value: '>1gb', ...detail('size-over', { size: '1 GB' }) },
  { value: '<100kb', ...detail('size-under', { size: '100 kB' }) },
  { value: '1mb..10mb', ...detail('size-between', { from: '1 MB', to: '10 MB' }) },
  { value: '0', ...detail('size-none') },
];
const AGES: readonly NamedValue[] = [
  { value: '<24h', ...detail('time-last-hours', { count: '24' }) },
  { value: '<7d', ...detail('time-last-days', { count: '7' }) },
  { value: '<30d', ...detail('time-last-days', { count: '30' }) },
  { value: '<1y', ...detail('time-last-year') },
  { value: '>1y', ...detail('time-over-year') },
];
const NEEDS_QUOTES = /[\s,()"]|^[“„«]/;

/** Filters whose name begins so, then kinds and states: `im` becomes `kind:image`. */
export function completeWord(typed: string): Completion[] {
  const begins = beginsWith(typed);
  const filters = OFFERED.filter(begins).map((name) => filterCompletion(name));
  if (typed === '') return filters;
  const kinds = KINDS.filter(begins).map((kind) => whole(`kind:${kind}`, NO_DETAIL));
  const states = STATES.filter(({ value }) => begins(value) && !KINDS.includes(value));
  return [...filters, ...kinds, ...states.map((state) => whole(`is:${state.value}`, state))];
}

/** Values that are the same everywhere; null for filters whose values only the library knows. */
export function completeValue(filter: string, typed: string, now: Date): Completion[] | null {
  const begins = beginsWith(typed);
  if (filter === 'kind') return plain(KINDS.filter(begins));
  if (filter === 'is') return described(STATES, begins);
  if (filter === 'size') return described(SIZES, begins);
  if (filter === 'modified' || filter === 'created') {
    const year = now.getFullYear();
    return [...described(AGES, begins), ...plain([...TIME_WORDS, String(year), String(year - 1)].filter(begins))];
  }
  return null;
}

/** A value as it is written in a query. */
export function quoteValue(value: string): string {
  return NEEDS_QUOTES.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value;
}

/** Values of the library: those that begin so before those that have it elsewhere, each in the order in which they are given, each once. */
export function rankValues(values: readonly NamedValue[], typed: string): Completion[] {
  const wanted = foldText(typed);
  const ranked = values.map((value) => ({ ...value, at: foldText(value.value).indexOf(wanted) })).filter(({ at }) => at >= 0);
  const inOrder = [...ranked.filter(({ at }) => at === 0), ...ranked.filter(({ at }) => at > 0)];
  const once = new Map(inOrder.toReversed().map((item) => [item.value, item]));
  return inOrder
    .filter((item) => once.get(item.value) === item)
    .map((item) => ({ ...whole(item.value, item), text: quoteValue(item.value) }));
}

function filterCompletion(name: (typeof OFFERED)[number]): Completion {
  return whole(`${name}:`, detail(`filter-${name}`, { example: FILTERS[name]?.example ?? '' }));
}

/** What is put there as it is shown. */
function whole(text: string, { detail, detailCode, detailParams }: CompletionDetail): Completion {
  return { text, label: text, detail, detailCode, detailParams };
}

function beginsWith(typed: string): (value: string) => boolean {
  const start = typed.toLowerCase();
  return (value) => value.startsWith(start);
}

function plain(values: readonly string[]): Completion[] {
  return values.map((value) => whole(value, NO_DETAIL));
}

function described(values: readonly NamedValue[], begins: (value: string) => boolean): Completion[] {
  return values.filter(({ value }) => begins(value)).map((item) => whole(item.value, item));
}
