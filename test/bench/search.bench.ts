/**
 * @file `npm run bench -- search [--files 100000|1000000|10000000] [--kept=FOLDER] [--only=build,pages,others,cold,api]`: searching so many entries,
 * beside what others take for the same names. They lie in the database of a real library, opened by the built daemon and by a search thread in this
 * process; there is no drive with them, but for fd, which has to walk one: it gets a tree of at most 100,000 files. `--kept` makes the library in a
 * folder where it stays, or takes the one that is there already: ten million can be measured part by part.
 */
import { mkdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { WriteTurn } from '#core/db/write-turn.ts';
import { Indexers } from '#core/indexing/indexers.ts';
import { SearchIndexes, type SearchRequest } from '#core/search/index/search-index.ts';
import { foldText } from '#core/search/query/fold-text.ts';
import type { Query } from '#core/search/query/query.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import { seededRandom } from '#test/instruments/seeded-random.ts';
import { makeSeededTree } from '#test/instruments/seeded-tree.ts';
import { makeTestDir, testRunDir } from '#test/instruments/test-run.ts';
import { BenchReport } from './bench-report.ts';
import { dropCaches } from './index-peers.ts';
import { percentile, timeMs } from './measure.ts';
import { hasSearchedLibrary, makeSearchedLibrary, openSearchedLibrary } from './search-library.ts';
import { askFd, askPlocate, type BuiltIndex, buildPlocate, EntryNames, LikeScan, TrigramIndex } from './search-peers.ts';

const FILES = numberAfter('--files') ?? 1_000_000;
const MOST_FILES_OF_A_TREE = 100_000;
const TREE_FILES = Math.min(FILES, MOST_FILES_OF_A_TREE);
const IS_LARGE = FILES > 2_000_000;
const TEXTS = 200;
/** While much happens for the first time. */
const FIRST_TEXTS = 40;
const PEER_TEXTS = IS_LARGE ? 2 : 12;
/** As clients have it. */
const COUNT_UP_TO = 10_000;
/** Nobody types sooner after a click into the field: by then a search thread has practised. */
const PRACTICE_MS = 800;
const MIB = 1024 ** 2;
const report = new BenchReport('search');
const kept = textAfter('--kept=');
const only = textAfter('--only=')?.split(',');
const folder = kept ?? (await makeTestDir('search-bench'));
const never = new AbortController().signal;

/** Parts of names of certain lengths; common ones as often as names have them, rare ones of names that few share. */
interface Texts {
  what: string;
  texts: string[];
  goal: string;
}

try {
  if (!hasSearchedLibrary(folder)) {
    const ms = await timeMs(() => makeSearchedLibrary(folder, FILES));
    report.add({ what: `entering ${FILES} entries without a drive`, value: ms / 1000, unit: 's' });
  }
  await using library = await openSearchedLibrary(folder);
  const texts = chooseTexts(library.databasePath);
  const database = { databasePath: library.databasePath, writeTurn: new WriteTurn(), deferCheckpoints: () => undefined };
  const log = { child: () => log, info: () => undefined, warn: console.warn, error: console.error } as never;
  const indexers = new Indexers({ deviceId: 'd', log });
  const indexes = new SearchIndexes({ indexers, log });
  try {
    const scratch = await makeTestDir('search-peers');
    const plocate = await makePlocate(library.names, scratch);
    using peers = isWanted('build') || isWanted('pages') ? makePeers(database.databasePath, plocate, scratch) : null;
    if (peers && isWanted('build')) await benchBuild(indexes, database, peers);
    // Before this process has done much else: it is the client, whose time counts.
    if (isWanted('api')) await benchApi(library.client, texts, chooseTexts(library.databasePath, 12), plocate);
    if (peers && isWanted('pages')) await benchPages(indexes, database, texts, peers);
    if (isWanted('others')) await benchOthers(indexes, database);
    // Last: from then on the database has to be read from the disk again.
    if (isWanted('cold')) await benchCold(indexes, database, texts);
  } finally {
    await indexes.close();
    await indexers.close();
  }
} finally {
  await rm(testRunDir(), { recursive: true, force: true });
}
report.finish();

type Plocate = { file: string; built: BuiltIndex } | null;

interface Peers extends Disposable {
  plocate: Plocate;
  like: LikeScan;
  /** Left out where making it would take longer than all else. */
  trigrams: TrigramIndex | null;
  /** For fd. */
  tree: string;
}

async function makePlocate(list: string, scratch: string): Promise<Plocate> {
  const file = path.join(scratch, 'plocate.db');
  const built = await buildPlocate(list, file);
  return built && { file, built };
}

function makePeers(databasePath: string, plocate: Plocate, scratch: string): Peers {
  const tree = path.join(scratch, 'tree');
  mkdirSync(tree);
  makeSeededTree(tree, { files: TREE_FILES });
  const like = new LikeScan(databasePath);
  const trigrams = IS_LARGE ? null : new TrigramIndex(databasePath, scratch);
  return {
    ...{ plocate, like, trigrams, tree },
    [Symbol.dispose]: () => {
      like[Symbol.dispose]();
      trigrams?.[Symbol.dispose]();
    },
  };
}

async function benchBuild(indexes: SearchIndexes, database: Searched, { plocate, trigrams }: Peers): Promise<void> {
  const ms = await timeMs(() => indexes.rebuild(database, () => undefined, never));
  merge(database.databasePath);
  const bytes = indexSizeOf(database.databasePath);
  const others: [string, BuiltIndex | undefined][] = [
    ['plocate-build', plocate?.built],
    ['FTS5 trigram', trigrams?.built],
  ];
  for (const [name, built] of others) {
    if (!built) continue;
    report.add({ what: 'making the search index of its rows', value: ms, unit: 'ms', peer: { name, value: built.ms } });
    report.add({ what: 'its size', value: bytes / MIB, unit: 'MiB', peer: { name, value: built.bytes / MIB } });
  }
}

async function benchPages(
  indexes: SearchIndexes,
  database: Searched,
  all: Texts[],
  { plocate, like, trigrams, tree }: Peers,
): Promise<void> {
  await practised(indexes, database);
  for (const { what, texts, goal } of all) {
    const ours = await timesOf(texts, (text) => ask(indexes, database, { type: 'text', text }));
    const counted = await timesOf(texts, (text) => ask(indexes, database, { type: 'text', text }, { countUpTo: COUNT_UP_TO }));
    report.add({
      what: `${what}, best 100 and count, p95`,
      value: percentile(counted, 0.95),
      unit: 'ms',
      goal: IS_LARGE ? '≤ 150' : '≤ 20',
    });
    const few = texts.slice(0, PEER_TEXTS);
    const peers: [string, number[]][] = [
      ['plocate -b -i -l 100', plocate ? await timesOf(few, (text) => askPlocate(plocate.file, text)) : []],
      ['LIKE, latest 100', await timesOf(few, (text) => like.ask(text))],
      ['FTS5, latest 100', trigrams ? await timesOf(few, (text) => trigrams.ask(text)) : []],
      [`fd, ${TREE_FILES} files`, await timesOf(few, (text) => askFd(tree, text))],
    ];
    for (const [share, name] of [
      [0.5, 'p50'],
      [0.95, 'p95'],
    ] as const) {
      for (const [peer, times] of peers.filter(([, found]) => found.length > 0)) {
        const value = percentile(ours, share);
        report.add({
          what: `${what}, best 100, ${name}`,
          value,
          unit: 'ms',
          peer: { name: peer, value: percentile(times, share) },
          goal,
        });
      }
    }
  }
}

async function practised(indexes: SearchIndexes, database: Searched): Promise<void> {
  indexes.prepare(database);
  await indexes.search(database, requestFor({ type: 'all' }), never);
  await setTimeout(PRACTICE_MS);
}

async function benchOthers(indexes: SearchIndexes, database: Searched): Promise<void> {
  const word = (text: string): Query => ({ type: 'text', text });
  const ranked = IS_LARGE ? '≤ 150' : '≤ 20';
  const cases: [what: string, query: Query, more: Partial<SearchRequest>, goal?: string][] = [
    ['two words', { type: 'and', of: [word('report'), word('draft')] }, {}],
    ['a word and an extension', { type: 'and', of: [word('report'), { type: 'extension', extensions: ['pdf'] }] }, {}],
    ['a word, by time', word('report'), { sort: 'modified' }, ranked],
    ['everything, by time', { type: 'all' }, { sort: 'modified' }, ranked],
    ['everything, by size', { type: 'all' }, { sort: 'size' }],
    ['everything, by name', { type: 'all' }, { sort: 'name', order: 'asc' }],
    [
      'large files of last years, by size',
      {
        type: 'and',
        of: [
          { type: 'size', min: 1e7, max: null },
          { type: 'time', field: 'modified', from: 1.6e12, before: null },
        ],
      },
      { sort: 'size' },
    ],
    ['an expression', { type: 'regex', regex: /^img_12.*jpg$/iu }, {}],
  ];
  for (const [what, query, more, goal] of cases) {
    const times = await timesOf(Array.from({ length: 10 }), () => ask(indexes, database, query, more));
    for (const [share, name] of [
      [0.5, 'p50'],
      [0.95, 'p95'],
    ] as const) {
      report.add({ what: `${what}, ${name}`, value: percentile(times, share), unit: 'ms', ...(goal && { goal }) });
    }
  }
  let after: SearchRequest['after'] = null;
  const pages: number[] = [];
  for (let page = 0; page < 50; page++) {
    const began = performance.now();
    ({ next: after } = await indexes.search(database, { ...requestFor(word('report')), after, countUpTo: null }, never));
    pages.push(performance.now() - began);
  }
  report.add({ what: 'page 50 of a common word', value: percentile(pages.slice(-10), 0.5), unit: 'ms' });
}

async function benchCold(indexes: SearchIndexes, database: Searched, texts: Texts[]): Promise<void> {
  if (!(await dropCaches())) return console.log('Cold caches need root: left out.');
  await practised(indexes, database);
  for (const { what, texts: some, goal } of texts) {
    // Not before each: a process between two searches takes as long from the second as if it dropped nothing.
    await dropCaches();
    const times = await timesOf(some, (text) => ask(indexes, database, { type: 'text', text }));
    report.add({ what: `${what}, after dropping caches, p95`, value: percentile(times, 0.95), unit: 'ms', goal });
    report.add({ what: `${what}, after dropping caches, the first`, value: times[0] ?? Number.NaN, unit: 'ms' });
  }
  await indexes.close();
  await dropCaches();
  report.add({
    what: 'the first search of a new thread, cold',
    value: await ask(indexes, database, { type: 'text', text: 'report' }),
    unit: 'ms',
  });
  await indexes.close();
  report.add({
    what: 'the first search of a new thread, warm',
    value: await ask(indexes, database, { type: 'text', text: 'report' }),
    unit: 'ms',
  });
}

/** The first searches of all, while much happens for the first time in the daemon and in this client; then others, when both have run for a while. */
async function benchApi(client: EngineClient, first: Texts[], others: Texts[], plocate: Plocate): Promise<void> {
  await client.search.complete({ query: '' });
  await client.search.query({ query: 'report' });
  await setTimeout(PRACTICE_MS);
  const search = (text: string) => client.search.query({ query: `"${text.replaceAll(/["\\]/g, ' ')}"`, limit: 100, count: false });
  const ask = (texts: readonly string[]) => timesOf(texts, (text) => timeMs(() => search(text)));
  for (const { what, texts } of first) {
    report.add({
      what: `${what}, through the API just started, p95`,
      value: percentile(await ask(texts.slice(0, FIRST_TEXTS)), 0.95),
      unit: 'ms',
    });
  }
  const inUse: [Texts, number[]][] = [];
  for (const one of others) inUse.push([one, await ask(one.texts)]);
  const goal = IS_LARGE ? '≤ 10' : '≤ 5';
  for (const [{ what, texts }, ours] of inUse) {
    const theirs = plocate ? await timesOf(texts.slice(0, PEER_TEXTS), (text) => askPlocate(plocate.file, text)) : [];
    for (const [share, name] of [
      [0.5, 'p50'],
      [0.95, 'p95'],
    ] as const) {
      const peer = theirs.length > 0 ? { peer: { name: 'plocate -b -i -l 100', value: percentile(theirs, share) } } : {};
      report.add({ what: `${what}, through the API, ${name}`, value: percentile(ours, share), unit: 'ms', goal, ...peer });
    }
  }
}

type Searched = Parameters<SearchIndexes['search']>[0];

function requestFor(query: Query, more: Partial<SearchRequest> = {}): SearchRequest {
  const around = { online: new Set<number>(), volumes: new Map(), names: new Map([[1, 'disk']]) };
  return { query, sort: 'relevance', order: 'desc', limit: 100, after: null, countUpTo: null, ...around, ...more };
}

function ask(indexes: SearchIndexes, database: Searched, query: Query, more: Partial<SearchRequest> = {}): Promise<number> {
  return timeMs(() => indexes.search(database, requestFor(query, more), never));
}

async function timesOf<T>(all: readonly T[], time: (one: T) => Promise<number | null>): Promise<number[]> {
  const times: number[] = [];
  for (const one of all) {
    const ms = await time(one);
    if (ms !== null) times.push(ms);
  }
  return times;
}

function chooseTexts(databasePath: string, seed = 11): Texts[] {
  const random = seededRandom(seed);
  using entries = new EntryNames(databasePath);
  const names: string[] = [];
  for (const [id, name] of entries) {
    if (random() < 20_000 / FILES || id < 3) names.push(foldText(name));
  }
  const any = () => names[Math.floor(random() * names.length)] ?? '';
  const [short, long] = IS_LARGE ? ['≤ 5', '≤ 5'] : ['≤ 5', '≤ 2'];
  const common = (length: number) =>
    Array.from({ length: TEXTS }, () => {
      const characters = [...any()];
      return (
        characters
          .slice(Math.floor(random() * Math.max(1, characters.length - length)))
          .slice(0, length)
          .join('') || 'a'
      );
    });
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  const rare = (length: number) =>
    Array.from({ length: TEXTS }, () => Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join(''));
  return [
    ...[1, 2].map((length) => ({ what: `${length} of a name`, texts: common(length), goal: short })),
    ...[3, 4, 6].map((length) => ({ what: `${length} of a name`, texts: common(length), goal: long })),
    ...[3, 6].map((length) => ({ what: `${length} at random, rare`, texts: rare(length), goal: long })),
  ];
}

function indexSizeOf(databasePath: string): number {
  const connection = new Database(databasePath, { readonly: true });
  try {
    const size = connection.prepare<[string], number>('SELECT sum(pgsize) FROM dbstat WHERE name = ?').pluck();
    return (size.get('search_parts') ?? 0) + (size.get('search_segments') ?? 0);
  } finally {
    connection.close();
  }
}

/** What was written goes from the log to the database, so that nobody pays for it later. */
function merge(databasePath: string): void {
  const connection = new Database(databasePath);
  connection.pragma('wal_checkpoint(TRUNCATE)');
  connection.close();
  statSync(databasePath);
}

function isWanted(part: string): boolean {
  return only === undefined || only.includes(part);
}

function textAfter(flag: string): string | undefined {
  return process.argv.find((argument) => argument.startsWith(flag))?.slice(flag.length);
}

function numberAfter(flag: string): number | null {
  const at = process.argv.indexOf(flag);
  return at < 0 ? null : Number(process.argv[at + 1]);
}
