import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ParsedQuery, parseQuery } from './parse-query.ts';
import type { Query } from './query.ts';

const now = new Date('2024-05-15T10:30:00Z');
const parse = (text: string, timeZone = 'UTC') => parseQuery(text, { now, timeZone });
const queryOf = (text: string) => parse(text).query;
const text = (value: string): Query => ({ type: 'text', text: value });
const and = (...of: Query[]): Query => ({ type: 'and', of });
const or = (...of: Query[]): Query => ({ type: 'or', of });
const not = (of: Query): Query => ({ type: 'not', of });
const none: Query = { type: 'none' };

/** Problems as `PLACE: message`, where the place is what they point at. */
const problemsOf = (query: string) => parse(query).problems.map(({ start, end, message }) => `${query.slice(start, end)}: ${message}`);

describe('The structure of a query', () => {
  test.each<[string, Query]>([
    ['', { type: 'all' }],
    ['  \t', { type: 'all' }],
    ['Crème', text('creme')],
    ['two words', and(text('two'), text('words'))],
    ['"exact  phrase"', text('exact  phrase')],
    ['“curly quotes”', text('curly quotes')],
    ['"say \\"hi\\""', text('say "hi"')],
    ['"a"b', and(text('a'), text('b'))],
    ['-not', not(text('not'))],
    ['NOT that', not(text('that'))],
    ['NOT -a', text('a')],
    ['a OR b c', or(text('a'), and(text('b'), text('c')))],
    ['a AND b', and(text('a'), text('b'))],
    ['(a OR b) c', and(or(text('a'), text('b')), text('c'))],
    ['-(a b)', not(and(text('a'), text('b')))],
    ['a or b', and(text('a'), text('or'), text('b'))],
    ['"OR"', text('or')],
    ['foo-bar', text('foo-bar')],
    ['Artist - Title', and(text('artist'), text('-'), text('title'))],
    ['--option', text('--option')],
    ['file(1).txt', text('file(1).txt')],
    ['(file(1) a)', and(text('file(1)'), text('a'))],
    ['photos/2023', and(text('photos'), text('2023'))],
    ['12:30', text('12:30')],
    ['C:\\temp', text('c:\\temp')],
    ['__proto__', text('__proto__')],
    ['constructor toString', and(text('constructor'), text('tostring'))],
    ["'; DROP TABLE entries; --", and(text("';"), text('drop'), text('table'), text('entries;'), text('--'))],
  ])('%s', (query, expected) => {
    expect(parse(query)).toMatchObject({ query: expected, problems: [] });
  });

  test('gives what was left out of nothing', () => {
    expect(queryOf('siez:3')).toEqual(none);
    expect(queryOf('tag:Work')).toEqual(none);
    expect(queryOf('-tag:Work')).toEqual(none);
    expect(queryOf('a tag:Work')).toEqual(text('a'));
    expect(queryOf('a OR tag:Work')).toEqual(text('a'));
    expect(queryOf('a -(tag:Work is:dup)')).toEqual(text('a'));
  });
});

describe('Filters', () => {
  test.each<[string, Query]>([
    ['ext:PDF,.docx', { type: 'extension', extensions: ['pdf', 'docx'] }],
    ['ext:*.jpg', { type: 'extension', extensions: ['jpg'] }],
    ['ext:""', { type: 'extension', extensions: [''] }],
    ['EXT:pdf', { type: 'extension', extensions: ['pdf'] }],
    ['ext:tar.gz', and({ type: 'extension', extensions: ['gz'] }, { type: 'regex', regex: /\.tar\.gz$/iu })],
    ['kind:folders', { type: 'kind', kinds: ['folder'] }],
    ['kind:link,file', { type: 'kind', kinds: ['symlink', 'file'] }],
    ['is:offline', { type: 'online', isOnline: false }],
    ['is:hidden,empty', or({ type: 'hidden' }, { type: 'empty' })],
    ['in:"Photos/Été 2023"', { type: 'in', path: ['photos', 'ete 2023'] }],
    ['in:/a//b/', { type: 'in', path: ['a', 'b'] }],
    ['in:Smith,John a', and({ type: 'in', path: ['smith,john'] }, text('a'))],
    ['volume:"My Backup"', { type: 'volume', text: 'my backup' }],
    ['-location:Photos', not({ type: 'location', text: 'photos' })],
    ['name:/^IMG \\d[/]/', { type: 'regex', regex: /^IMG \d[/]/iu }],
    ['name:/a\\-b/', { type: 'regex', regex: /a-b/i }],
    ['size:>10mb', { type: 'size', min: 10_000_001, max: null }],
    ['size:>=1KiB', { type: 'size', min: 1024, max: null }],
    ['size:<1k', { type: 'size', min: null, max: 999 }],
    ['size:<=1k', { type: 'size', min: null, max: 1000 }],
    ['size:1k..5m', { type: 'size', min: 1000, max: 5_000_000 }],
    ['size:5m..1k', { type: 'size', min: 1000, max: 5_000_000 }],
    ['size:..5m', { type: 'size', min: null, max: 5_000_000 }],
    ['size:1k..', { type: 'size', min: 1000, max: null }],
    ['size:0', { type: 'size', min: 0, max: 0 }],
    ['size:1234', { type: 'size', min: 1234, max: 1234 }],
    ['size:10mb', { type: 'size', min: 9_500_000, max: 10_499_999 }],
    ['size:1,5mb', { type: 'size', min: 1_450_000, max: 1_549_999 }],
    ['size:>999999999999999pb', { type: 'size', min: Number.MAX_SAFE_INTEGER, max: null }],
  ])('%s', (query, expected) => {
    expect(parse(query)).toMatchObject({ query: expected, problems: [] });
  });

  test('kinds are extensions', () => {
    const extensions = (query: string) => {
      const parsed = queryOf(query);
      return parsed.type === 'extension' ? parsed.extensions : [];
    };
    expect(extensions('kind:image')).toEqual(expect.arrayContaining(['jpg', 'heic', 'cr2']));
    expect(extensions('kind:photos')).toEqual(extensions('kind:image'));
    expect(extensions('kind:audio,video')).toEqual(expect.arrayContaining(['flac', 'mkv']));
  });
});

describe('Times', () => {
  const spanOf = (value: string, timeZone?: string) => {
    const { query, problems } = parse(`modified:${value}`, timeZone);
    expect(problems).toEqual([]);
    if (query.type !== 'time') throw new Error(`No time: ${query.type}`);
    return [query.from, query.before].map(
      (moment) => moment && new Date(moment).toISOString().replace('.000Z', '').replace('T00:00:00', ''),
    );
  };

  test.each([
    ['2024', '2024-01-01', '2025-01-01'],
    ['2024-05', '2024-05-01', '2024-06-01'],
    ['2024/2/29', '2024-02-29', '2024-03-01'],
    ['2024-12-31', '2024-12-31', '2025-01-01'],
    ['"2024-05-13 10:30"', '2024-05-13T10:30:00', '2024-05-13T10:31:00'],
    ['2024-05-13T10:30:59', '2024-05-13T10:30:59', '2024-05-13T10:31:00'],
    ['<2024', null, '2024-01-01'],
    ['<=2024', null, '2025-01-01'],
    ['>2024-05', '2024-06-01', null],
    ['>=2024-05', '2024-05-01', null],
    ['2023..2024-06', '2023-01-01', '2024-07-01'],
    ['2024-06..2023', '2023-01-01', '2024-07-01'],
    ['..2023', null, '2024-01-01'],
    ['2023..', '2023-01-01', null],
    ['<7d', '2024-05-08T10:30:00', null],
    ['7d', '2024-05-08T10:30:00', null],
    ['>2w', null, '2024-05-01T10:30:00'],
    ['<90min', '2024-05-15T09:00:00', null],
    ['>1y', null, '2023-05-15T10:30:00'],
    ['>3mo', null, '2024-02-15T10:30:00'],
    ['30d..7d', '2024-04-15T10:30:00', '2024-05-08T10:30:00'],
    ['7d..30d', '2024-04-15T10:30:00', '2024-05-08T10:30:00'],
    ['today', '2024-05-15', '2024-05-16'],
    ['Yesterday', '2024-05-14', '2024-05-15'],
    ['this-week', '2024-05-13', '2024-05-20'],
    ['last-week', '2024-05-06', '2024-05-13'],
    ['thismonth', '2024-05-01', '2024-06-01'],
    ['last-month', '2024-04-01', '2024-05-01'],
    ['this-year', '2024-01-01', '2025-01-01'],
    ['last-year', '2023-01-01', '2024-01-01'],
    ['<yesterday', null, '2024-05-14'],
  ])('modified:%s', (value, from, before) => {
    expect(spanOf(value)).toEqual([from, before]);
  });

  test('days begin where the clock of the zone says so, also in the night in which it is put back', () => {
    expect(spanOf('2024-05-13', 'Asia/Tokyo')).toEqual(['2024-05-12T15:00:00', '2024-05-13T15:00:00']);
    expect(spanOf('2024-10-27', 'Europe/Berlin')).toEqual(['2024-10-26T22:00:00', '2024-10-27T23:00:00']);
    expect(spanOf('2024-03-31', 'Europe/Berlin')).toEqual(['2024-03-30T23:00:00', '2024-03-31T22:00:00']);
  });

  test('an unknown time zone is that of this computer', () => {
    expect(parse('modified:2024', 'Nowhere/At_all').query).toEqual(parseQuery('modified:2024', { now }).query);
  });

  test('a month ago is the last day of a shorter month', () => {
    const { query } = parseQuery('modified:>1m', { now: new Date('2024-03-31T00:00:00Z'), timeZone: 'UTC' });
    expect(query).toMatchObject({ before: Date.parse('2024-02-29T00:00:00Z') });
  });
});

describe('Problems point at their place', () => {
  test.each([
    ['siez:3 a', 'siez:3: There is no filter “siez:”. Did you mean size:? To look for this text, put it into quotes.'],
    ['a size:big', 'big: “big” is not a size. Write it as size:>10mb, size:<=1.5GiB or size:1k..5m.'],
    ['modified:2024-02-30', '2024-02-30: There is no 2024-02-30.'],
    ['modified:soon', 'soon: “soon” is not a time. Write it as <7d, today, 2024-05, >=2024-05-13 or 2023..2024-06.'],
    ['modified:<999999999y', '<999999999y: “999999999y” is longer ago than dates go back.'],
    ['kind:image,pix', 'pix: There is no kind “pix”. Some are image, video, audio, document, archive, code, folder.'],
    ['is:ofline', 'ofline: There is no is:ofline. Did you mean is:offline?'],
    ['ext:', 'ext:: After ext: something is missing, as in ext:pdf,docx.'],
    ['a "b c', '": Here begins a quote that does not end.'],
    ['name:/(/', 'name:/(/: This is not a regular expression: a group is not closed.'],
    ['name:/a', '/: Here begins a regular expression; its second slash is missing.'],
    ['name:/a/g', 'name:/a/g: Nothing but a space follows the second slash; case never matters.'],
    ['name:abc', 'abc: After name: stands a regular expression, as in name:/abc/. To look for words, write them alone.'],
    ['(a b', '(: This bracket is not closed. Put text with brackets into quotes.'],
    ['a ) b', '): This bracket closes nothing. Put text with brackets into quotes.'],
    ['OR b', 'OR: Before OR something is missing.'],
    ['a OR', 'OR: After OR something is missing.'],
    ['a NOT', 'NOT: What is to be left out is missing.'],
    ['""', '"": Nothing can be looked for by this.'],
    ['tag:Work', 'Work: Tags are not known yet, so this part is left out.'],
    ['is:dup', 'dup: Duplicates are not known yet, so this part is left out.'],
  ])('%s', (query, expected) => {
    expect(problemsOf(query)).toEqual([expected]);
  });

  test('what is understood and not known is told from what is wrong', () => {
    expect(parse('tag:a siez:b').problems.map(({ kind, code, params }) => ({ kind, code, params }))).toEqual([
      { kind: 'unknown-yet', code: 'tags-not-known-yet', params: {} },
      { kind: 'mistake', code: 'filter-misspelt', params: { name: 'siez', near: 'size' } },
    ]);
  });
});

test('Terms say what each part is, with sign and quotes in their place', () => {
  const query = 'IMG -"a b" NOT ext:pdf,docx name:/x/ tag:Work siez:1';
  const terms = parse(query).terms.map(({ start, end, ...term }) => ({ ...term, place: query.slice(start, end) }));
  expect(terms).toEqual([
    { kind: 'word', filter: null, text: 'IMG', isNegated: false, place: 'IMG' },
    { kind: 'phrase', filter: null, text: 'a b', isNegated: true, place: '-"a b"' },
    { kind: 'filter', filter: 'ext', text: 'pdf,docx', isNegated: true, place: 'NOT ext:pdf,docx' },
    { kind: 'regex', filter: 'name', text: '/x/', isNegated: false, place: 'name:/x/' },
    { kind: 'filter', filter: 'tag', text: 'Work', isNegated: false, place: 'tag:Work' },
  ]);
});

describe('Hostile queries', () => {
  const piece = oneof(
    string({ unit: 'binary', maxLength: 8 }),
    constantFrom('(', ')', '"', '“', '-', ' ', ' OR ', ' AND ', 'NOT ', ',', '/', '\\', '..', '<', '>='),
    constantFrom('ext:', 'size:', 'modified:', 'created:', 'in:', 'name:/', 'kind:', 'is:', 'volume:', 'tag:', 'foo:', '::'),
    constantFrom(
      '99999999999999999999',
      '1e999',
      '2024-13-45',
      '0000',
      '9999-12-31',
      '<1m',
      '1.5.5mb',
      'today',
      '(?<a>',
      '[',
      '{1,99999999}',
    ),
  );

  test('never throw; places are in the text, texts are not empty, and what is left is not deep', () => {
    assert(
      property(array(piece, { maxLength: 60 }), (pieces) => {
        const query = pieces.join('');
        check(query, parse(query));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['brackets', '('.repeat(10_240)],
    ['brackets that close', ')'.repeat(10_240)],
    ['brackets of both kinds', `${'('.repeat(5000)}a${')'.repeat(5000)}`],
    ['signs and brackets', '-('.repeat(5000)],
    ['signs', '-'.repeat(10_240)],
    ['negations', 'NOT '.repeat(2560)],
    ['alternatives', 'a OR '.repeat(2048)],
    ['quotes', '"'.repeat(10_241)],
    ['words', 'a '.repeat(5120)],
    ['one word', 'ä'.repeat(10_240)],
    ['marks', '\u0301'.repeat(10_240)],
    ['values', `ext:${'a.b,'.repeat(2500)}`],
    ['colons', ':'.repeat(10_240)],
    ['letters that could be a filter', 'a'.repeat(10_240)],
    ['filters', 'ext:'.repeat(2560)],
    ['digits', `size:>${'9'.repeat(10_000)}`],
    ['points', `size:${'.'.repeat(10_000)}`],
    ['spaces before a size', `size:"${' '.repeat(10_000)}x"`],
    ['dates', 'modified:9999-12-31 '.repeat(500)],
    ['a long regular expression', `name:/${'(a|'.repeat(3000)}/`],
    ['a catastrophic one', 'name:/^(a+)+$/'],
    ['a huge one', 'name:/((a{1000}){1000}){1000}/'],
    ['slashes', '/'.repeat(10_240)],
  ])('have an answer: %s', (_what, query) => {
    check(query, parse(query));
  });
});

function check(query: string, { query: parsed, terms, problems }: ParsedQuery): void {
  for (const { start, end } of [...terms, ...problems]) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThan(start);
    expect(end).toBeLessThanOrEqual(query.length);
  }
  expect(problems.length).toBeLessThanOrEqual(20);
  expect(terms.length).toBeLessThanOrEqual(64);
  expect(sizeOf(parsed)).toBeLessThanOrEqual(depthLimit);
  checkTexts(parsed);
}

const depthLimit = 110;
function sizeOf(query: Query): number {
  if (query.type === 'not') return 1 + sizeOf(query.of);
  return query.type === 'and' || query.type === 'or' ? 1 + Math.max(...query.of.map(sizeOf)) : 1;
}

function checkTexts(query: Query): void {
  if (query.type === 'text') expect(query.text).not.toBe('');
  if (query.type === 'not') checkTexts(query.of);
  if (query.type !== 'and' && query.type !== 'or') return;
  expect(query.of.length).toBeGreaterThan(1);
  for (const part of query.of) checkTexts(part);
}
