import { ENTRY_KINDS, KIND_EXTENSIONS } from './file-kinds.ts';
import { FILTERS, STATE_DETAILS } from './filters.ts';
import { foldText } from './fold-text.ts';
import { TIME_WORDS } from './read-time.ts';

/** What may be written at a place. */
export interface Completion {
  /** What is put there. */
  text: string;
  label: string;
  /** What it means; empty where the label says it. */
  detail: string;
}

/** Filters that answer, in the order of the table. What is not known yet is not offered. */
const OFFERED = ['ext', 'kind', 'size', 'modified', 'created', 'in', 'volume', 'location', 'is', 'name'];
const KINDS = [...Object.keys(KIND_EXTENSIONS), ...Object.keys(ENTRY_KINDS)];
const SIZES: readonly (readonly [string, string])[] = [
  ['>1mb', 'more than 1 MB'],
  ['>10mb', 'more than 10 MB'],
  ['>100mb', 'more than 100 MB'],
  ['>1gb', 'more than 1 GB'],
  ['<100kb', 'less than 100 kB'],
  ['1mb..10mb', 'from 1 MB to 10 MB'],
  ['0', 'empty'],
];
const AGES: readonly (readonly [string, string])[] = [
  ['<24h', 'in the last 24 hours'],
  ['<7d', 'in the last 7 days'],
  ['<30d', 'in the last 30 days'],
  ['<1y', 'in the last year'],
  ['>1y', 'more than a year ago'],
];
const NEEDS_QUOTES = /[\s,()"]|^[“„«]/;

/** Filters whose name begins so, then kinds and states: `im` becomes `kind:image`. */
export function completeWord(typed: string): Completion[] {
  const begins = beginsWith(typed);
  const filters = OFFERED.filter(begins).map((name) => filterCompletion(name));
  if (typed === '') return filters;
  const kinds = KINDS.filter(begins).map((kind) => ({ text: `kind:${kind}`, label: `kind:${kind}`, detail: '' }));
  const states = Object.entries(STATE_DETAILS).filter(([state]) => begins(state) && !KINDS.includes(state));
  return [...filters, ...kinds, ...states.map(([state, detail]) => ({ text: `is:${state}`, label: `is:${state}`, detail }))];
}

/** Values that are the same everywhere; null for filters whose values only the library knows. */
export function completeValue(filter: string, typed: string, now: Date): Completion[] | null {
  const begins = beginsWith(typed);
  if (filter === 'kind') return plain(KINDS.filter(begins));
  if (filter === 'is') return described(Object.entries(STATE_DETAILS), begins);
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
export function rankValues(values: readonly { value: string; detail: string }[], typed: string): Completion[] {
  const wanted = foldText(typed);
  const ranked = values.map((value) => ({ ...value, at: foldText(value.value).indexOf(wanted) })).filter(({ at }) => at >= 0);
  const inOrder = [...ranked.filter(({ at }) => at === 0), ...ranked.filter(({ at }) => at > 0)];
  const once = new Map(inOrder.toReversed().map((item) => [item.value, item]));
  return inOrder
    .filter((item) => once.get(item.value) === item)
    .map(({ value, detail }) => ({ text: quoteValue(value), label: value, detail }));
}

function filterCompletion(name: string): Completion {
  const filter = FILTERS[name];
  return { text: `${name}:`, label: `${name}:`, detail: filter ? `${filter.detail}, as in ${filter.example}` : '' };
}

function beginsWith(typed: string): (value: string) => boolean {
  const start = typed.toLowerCase();
  return (value) => value.startsWith(start);
}

function plain(values: readonly string[]): Completion[] {
  return values.map((value) => ({ text: value, label: value, detail: '' }));
}

function described(values: readonly (readonly [string, string])[], begins: (value: string) => boolean): Completion[] {
  return values.filter(([value]) => begins(value)).map(([value, detail]) => ({ text: value, label: value, detail }));
}
