/** A part of a value: `ext:pdf,"a b"` has two. Without its quotes; positions with them. */
export interface ValuePart {
  text: string;
  start: number;
  end: number;
  isQuoted: boolean;
}

/** A word, a phrase or a filter, as it is written. */
export interface TermToken {
  type: 'term';
  start: number;
  end: number;
  /** What stands before the colon; null for words and phrases. */
  filter: string | null;
  /** Separated by commas. A word or phrase has one; a filter without a value none. */
  parts: ValuePart[];
  /** Where the quote or the slash stands whose other half is missing. */
  unclosedAt: number | null;
  /** Of `name:/…/`. */
  regex: { source: string; flags: string } | null;
}

/** What a query consists of, in order. Positions are in UTF-16 code units. */
export type Token = TermToken | { type: 'open' | 'close' | 'or' | 'and' | 'not'; start: number; end: number };

const SPACE = /\s/;
const FILTER = /[a-z]+(?=:)/iy;
/** `http://`, `C:\`: a colon that belongs to something else. */
const ADDRESS = /[a-z]+:\/\/|[a-z]:/iy;
const FLAGS = /[a-z]*/iy;
/** By the quote that opens. */
const CLOSING_QUOTES = new Map([
  ['"', '"'],
  ['“', '”“"'],
  ['„', '“”"'],
  ['«', '»'],
]);
const CONNECTIVES = new Map<string, 'or' | 'and' | 'not'>([
  ['OR', 'or'],
  ['AND', 'and'],
  ['NOT', 'not'],
]);

/** Takes a query apart. Whatever is written gives tokens; what is wrong with them the parser says. */
export function scanQuery(text: string): Token[] {
  return new Scanner(text).scan();
}

class Scanner {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  #at = 0;
  #openGroups = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): Token[] {
    for (;;) {
      this.#skipSpace();
      if (this.#at >= this.#text.length) return this.#tokens;
      if (this.#isSign()) this.#push('not', 1);
      const character = this.#text[this.#at];
      if (character === '(') {
        this.#push('open', 1);
        this.#openGroups++;
      } else if (character === ')') {
        this.#push('close', 1);
        if (this.#openGroups > 0) this.#openGroups--;
      } else {
        this.#tokens.push(this.#readTerm());
      }
    }
  }

  /** A minus that has something to exclude: not the dash of `Artist - Title`, nor `--option`. */
  #isSign(): boolean {
    const next = this.#text[this.#at + 1];
    return this.#text[this.#at] === '-' && next !== undefined && next !== '-' && next !== ')' && !SPACE.test(next);
  }

  #push(type: 'open' | 'close' | 'not', length: number): void {
    this.#tokens.push({ type, start: this.#at, end: this.#at + length });
    this.#at += length;
  }

  #readTerm(): Token {
    const start = this.#at;
    const filter = this.#match(ADDRESS) ? null : this.#match(FILTER);
    if (filter === null) return this.#readWord(start);
    this.#at += filter.length + 1;
    if (filter.toLowerCase() === 'name' && this.#text[this.#at] === '/') return this.#readRegex(start, filter);
    const { parts, unclosedAt } = this.#readParts();
    return { type: 'term', start, end: this.#at, filter, parts, unclosedAt, regex: null };
  }

  #readWord(start: number): Token {
    const { unclosedAt, ...part } = this.#readPart('');
    const connective = part.isQuoted ? undefined : CONNECTIVES.get(part.text);
    if (connective !== undefined) return { type: connective, start, end: this.#at };
    return { type: 'term', start, end: this.#at, filter: null, parts: [part], unclosedAt, regex: null };
  }

  #readParts(): Pick<TermToken, 'parts' | 'unclosedAt'> {
    const parts: ValuePart[] = [];
    for (;;) {
      const { unclosedAt, ...part } = this.#readPart(',');
      if (part.text !== '' || part.isQuoted) parts.push(part);
      if (unclosedAt !== null) return { parts, unclosedAt };
      if (this.#text[this.#at] !== ',') return { parts, unclosedAt: null };
      this.#at++;
    }
  }

  #readPart(separator: string): ValuePart & { unclosedAt: number | null } {
    const start = this.#at;
    const closing = CLOSING_QUOTES.get(this.#text[start] ?? '');
    if (closing !== undefined) return this.#readQuoted(closing);
    this.#at = this.#endOfWord(separator);
    return { text: this.#text.slice(start, this.#at), start, end: this.#at, isQuoted: false, unclosedAt: null };
  }

  #readQuoted(closing: string): ValuePart & { unclosedAt: number | null } {
    const start = this.#at;
    let text = '';
    for (let at = start + 1; at < this.#text.length; at++) {
      const character = this.#text[at] ?? '';
      if (closing.includes(character)) {
        this.#at = at + 1;
        return { text, start, end: this.#at, isQuoted: true, unclosedAt: null };
      }
      const next = this.#text[at + 1];
      if (character === '\\' && (next === '"' || next === '\\')) at++;
      text += this.#text[at];
    }
    this.#at = this.#text.length;
    return { text, start, end: this.#at, isQuoted: true, unclosedAt: start };
  }

  /** Brackets within a word belong to it, as in `file(1).txt`; one too many closes the group that the word is in. */
  #endOfWord(separator: string): number {
    let brackets = 0;
    let at = this.#at;
    for (; at < this.#text.length; at++) {
      const character = this.#text[at] ?? '';
      if (SPACE.test(character) || character === separator) break;
      if (character === '(') brackets++;
      if (character !== ')') continue;
      if (brackets === 0 && this.#openGroups > 0) break;
      brackets = Math.max(0, brackets - 1);
    }
    return at;
  }

  #readRegex(start: number, filter: string): Token {
    const slash = this.#at;
    const end = this.#endOfRegex(slash + 1);
    const source = this.#text.slice(slash + 1, end ?? this.#text.length);
    this.#at = end === null ? this.#text.length : end + 1;
    const flags = end === null ? '' : (this.#match(FLAGS) ?? '');
    this.#at += flags.length;
    const part = { text: this.#text.slice(slash, this.#at), start: slash, end: this.#at, isQuoted: false };
    return { type: 'term', start, end: this.#at, filter, parts: [part], unclosedAt: end === null ? slash : null, regex: { source, flags } };
  }

  /** Where the slash stands that is neither escaped nor one of a set. */
  #endOfRegex(from: number): number | null {
    let isInSet = false;
    for (let at = from; at < this.#text.length; at++) {
      const character = this.#text[at];
      if (character === '\\') at++;
      else if (character === '[') isInSet = true;
      else if (character === ']') isInSet = false;
      else if (character === '/' && !isInSet) return at;
    }
    return null;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0] ?? null;
  }

  #skipSpace(): void {
    while (this.#at < this.#text.length && SPACE.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}
