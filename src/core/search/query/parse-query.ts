import type { QueryProblem, QueryTerm } from '#shared/contract/search.ts';
import { FILTERS, findFilter } from './filters.ts';
import { foldText } from './fold-text.ts';
import { nearestOf } from './nearest.ts';
import type { Query } from './query.ts';
import { type Complaint, complaint, QueryMistake } from './query-mistake.ts';
import { readRegex } from './read-regex.ts';
import type { TimeContext } from './read-time.ts';
import { readWildcards } from './read-wildcards.ts';
import { scanQuery, type TermToken, type Token, type ValuePart } from './scan-query.ts';
import { wallClockOf } from './wall-clock.ts';

export interface ParseOptions {
  /** What `modified:<7d` and `modified:today` count from. */
  now: Date;
  /** In which a day begins and ends, as IANA calls it; left out, that of this computer. */
  timeZone?: string | undefined;
}

/** What was understood of a text. Positions are in UTF-16 code units of that text. */
export interface ParsedQuery {
  query: Query;
  /** In the order in which they are written. */
  terms: QueryTerm[];
  problems: QueryProblem[];
}

/** What nobody writes by hand would take long to answer, or to read. */
const MOST_TERMS = 64;
const MOST_VALUES = 256;
const DEEPEST = 32;
const MOST_PROBLEMS = 20;

/**
 * Reads a query as docs/search.md describes it: a recursive descent over its tokens. Throws nothing: what cannot be understood becomes a
 * problem and is left out, as if it was not written. Where nothing else is left, nothing is found.
 */
export function parseQuery(text: string, { now, timeZone }: ParseOptions): ParsedQuery {
  return new Parser(scanQuery(text), { now: now.getTime(), clock: wallClockOf(timeZone) }).parse();
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #context: TimeContext;
  readonly #terms: QueryTerm[] = [];
  readonly #problems: QueryProblem[] = [];
  #at = 0;
  #depth = 0;
  #termCount = 0;
  /** Whether what is being read is excluded in the end. */
  #isNegated = false;

  constructor(tokens: readonly Token[], context: TimeContext) {
    this.#tokens = tokens;
    this.#context = context;
  }

  parse(): ParsedQuery {
    const query = this.#readOr();
    this.#problems.sort((a, b) => a.start - b.start);
    const nothing: Query = this.#tokens.length === 0 ? { type: 'all' } : { type: 'none' };
    return { query: query ?? nothing, terms: this.#terms, problems: this.#problems };
  }

  /** `or = and { "OR" and }`, up to the end or the bracket that closes the group. Null: nothing is left of it. */
  #readOr(): Query | null {
    const of: Query[] = [];
    for (;;) {
      const before = this.#at;
      const operand = this.#readAnd();
      if (operand) of.push(operand);
      const token = this.#tokens[this.#at];
      const isMissing = this.#at === before;
      if (token?.type !== 'or') {
        const last = this.#tokens[before - 1];
        if (isMissing && last?.type === 'or') this.#complain(last, complaint('or-after-missing'));
        return join('or', of);
      }
      if (isMissing) this.#complain(token, complaint('or-before-missing'));
      this.#at++;
    }
  }

  /** `and = { [ "AND" ] unary }` */
  #readAnd(): Query | null {
    const of: Query[] = [];
    for (let token = this.#tokens[this.#at]; token; token = this.#tokens[this.#at]) {
      if (token.type === 'or' || (token.type === 'close' && this.#depth > 0)) break;
      if (token.type === 'close') this.#complain(token, complaint('bracket-closes-nothing'));
      if (token.type === 'close' || token.type === 'and') {
        this.#at++;
        continue;
      }
      const operand = this.#readUnary();
      if (operand) of.push(operand);
    }
    return join('and', of);
  }

  /** `unary = { "NOT" | "-" } primary` */
  #readUnary(): Query | null {
    const first = this.#tokens[this.#at];
    const wasNegated = this.#isNegated;
    let isNot = false;
    let token = first;
    for (; token?.type === 'not'; token = this.#tokens[this.#at]) {
      isNot = !isNot;
      this.#at++;
    }
    if (!first || !token || (token.type !== 'term' && token.type !== 'open')) {
      if (first) this.#complain(first, complaint('excluded-missing'));
      return null;
    }
    this.#isNegated = wasNegated !== isNot;
    const query = token.type === 'term' ? this.#readTerm(token, first.start) : this.#readGroup(token);
    this.#isNegated = wasNegated;
    return query && isNot ? { type: 'not', of: query } : query;
  }

  /** `group = "(" or ")"` */
  #readGroup(open: Token): Query | null {
    this.#at++;
    if (this.#depth >= DEEPEST) {
      this.#complain(open, complaint('brackets-too-deep', { most: String(DEEPEST) }));
      return null;
    }
    this.#depth++;
    const query = this.#readOr();
    this.#depth--;
    if (this.#tokens[this.#at]) this.#at++;
    else this.#complain(open, complaint('bracket-not-closed'));
    return query;
  }

  /** @param start where it begins with its sign */
  #readTerm(token: TermToken, start: number): Query | null {
    this.#at++;
    this.#termCount++;
    if (this.#termCount > MOST_TERMS) {
      if (this.#termCount === MOST_TERMS + 1) this.#complain(token, complaint('too-many-parts', { most: String(MOST_TERMS) }));
      return null;
    }
    if (token.unclosedAt !== null) {
      const what = complaint(token.regex ? 'regex-not-closed' : 'quote-not-closed');
      this.#complain({ start: token.unclosedAt, end: token.unclosedAt + 1 }, what);
    }
    const query = token.filter === null ? this.#readWord(token) : this.#readFilter(token, token.filter);
    if (query !== 'mistake') this.#terms.push(describeTerm(token, start, this.#isNegated));
    return query === 'mistake' || query === 'unknown-yet' ? null : query;
  }

  /** No name has a slash: what stands on either side of one is looked for by itself. */
  #readWord(token: TermToken): Query | 'mistake' {
    const of: Query[] = [];
    for (const part of token.parts) {
      for (const text of part.text.split('/')) {
        const read = this.#try(part, () => readText(text, part.isQuoted));
        if (read === 'mistake' || read === 'unknown-yet') return 'mistake';
        if (read) of.push(read);
      }
    }
    const query = join('and', of);
    if (!query) this.#complain(token, complaint('word-empty'));
    return query ?? 'mistake';
  }

  #readFilter(token: TermToken, name: string): Query | 'mistake' | 'unknown-yet' {
    const filter = findFilter(name);
    if (!filter) {
      const near = nearestOf(name.toLowerCase(), Object.keys(FILTERS));
      this.#complain(token, near ? complaint('filter-misspelt', { name, near }) : complaint('filter-unknown', { name }));
      return 'mistake';
    }
    const regex = token.regex;
    if (regex) return this.#try(token, () => readRegex(regex.source, regex.flags));
    const values = filter.isList ? token.parts : joinParts(token.parts);
    if (values.length === 0) {
      this.#complain(token, complaint('value-missing', { name, example: filter.example }));
      return 'mistake';
    }
    const of = values.slice(0, MOST_VALUES).map((part) => this.#try(part, () => filter.read(part.text, this.#context)));
    const extra = values[MOST_VALUES];
    if (extra) this.#complain({ start: extra.start, end: token.end }, complaint('too-many-values', { most: String(MOST_VALUES) }));
    const known = of.filter((value) => typeof value !== 'string');
    const any = known.length > 0 ? anyOf(known) : null;
    return any ?? (of.includes('unknown-yet') ? 'unknown-yet' : 'mistake');
  }

  #try<T>(place: { start: number; end: number }, read: () => T): T | 'mistake' | 'unknown-yet' {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof QueryMistake)) throw error;
      this.#complain(place, error.complaint);
      return error.complaint.kind;
    }
  }

  #complain({ start, end }: { start: number; end: number }, about: Complaint): void {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push({ start, end, ...about });
  }
}

/** Null where folding leaves nothing of it. */
function readText(text: string, isQuoted: boolean): Query | null {
  if (!isQuoted && text.includes('*')) return readWildcards(text);
  const folded = foldText(text);
  return folded === '' ? null : { type: 'text', text: folded };
}

/** Null of nothing, itself of one. */
function join(type: 'and' | 'or', of: Query[]): Query | null {
  const [first] = of;
  return of.length > 1 ? { type, of } : (first ?? null);
}

/** Any of the values of one filter: what has the same type is put together, so that `ext:jpg,png` is one comparison. */
function anyOf(values: Query[]): Query | null {
  const extensions = new Set(values.flatMap((value) => (value.type === 'extension' ? value.extensions : [])));
  const kinds = new Set(values.flatMap((value) => (value.type === 'kind' ? value.kinds : [])));
  const of = values.filter(({ type }) => type !== 'extension' && type !== 'kind');
  if (kinds.size > 0) of.unshift({ type: 'kind', kinds: [...kinds] });
  if (extensions.size > 0) of.unshift({ type: 'extension', extensions: [...extensions] });
  return join('or', of);
}

/** For filters of one value, in which a comma is a comma. */
function joinParts(parts: readonly ValuePart[]): ValuePart[] {
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last) return [];
  return [{ text: parts.map(({ text }) => text).join(','), start: first.start, end: last.end, isQuoted: first.isQuoted }];
}

function describeTerm(token: TermToken, start: number, isNegated: boolean): QueryTerm {
  const { end, filter, parts, regex } = token;
  const kind = regex ? 'regex' : filter !== null ? 'filter' : parts[0]?.isQuoted ? 'phrase' : 'word';
  return { start, end, kind, filter: filter?.toLowerCase() ?? null, text: parts.map(({ text }) => text).join(','), isNegated };
}
