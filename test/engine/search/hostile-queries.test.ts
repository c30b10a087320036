import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toMooringError } from '#shared/contract/error.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { completed } from '../location/location-world.ts';

/** For a name of so many letters and something else, this takes longer than anybody waits. */
const CATASTROPHE = 'name:/^(a+)+$/';
const BAIT = `${'a'.repeat(60)}!`;

const HOSTILE: readonly (readonly [string, string])[] = [
  ['a quote that does not end', '"bait'],
  ['many of them', '"'.repeat(4095)],
  ['brackets', '('.repeat(4096)],
  ['brackets of both kinds', `${'('.repeat(2000)}a${')'.repeat(2000)}`],
  ['signs and brackets', '-('.repeat(2000)],
  ['alternatives', 'a OR '.repeat(800)],
  ['words', 'a '.repeat(2048)],
  ['one long word', 'x'.repeat(4096)],
  ['marks alone', '\u0301'.repeat(4096)],
  ['a NUL', '\0'],
  ['half of a character', '\ud800'],
  ['names of built-in properties', '__proto__ constructor is:toString kind:__proto__'],
  ['SQL', `'; DROP TABLE entries; --`],
  ['SQL in a value', `ext:pdf') OR 1=1 --`],
  ['operators of full-text search', 'a* NEAR(b c) ^d "e" + f'],
  ['a large number', `size:>${'9'.repeat(400)} modified:<${'9'.repeat(400)}d`],
  ['a regular expression that is none', 'name:/((((/'],
  ['a large one', 'name:/((a{1000}){1000}){1000}/'],
  ['many optional parts', `name:/${'(a?){90}'.repeat(50)}$/`],
  ['many of them', Array.from({ length: 60 }, () => 'name:/(.*)*x$/').join(' OR ')],
];

describe('hostile queries', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await startTestEngine();
    const folder = path.join(await makeTestDir('hostile'), 'tree');
    mkdirSync(folder);
    writeFileSync(path.join(folder, BAIT), '');
    await engine.client.libraries.create({ name: 'Home' });
    const { job } = await engine.client.locations.add({ path: folder, watch: false });
    await completed(engine, job);
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const search = (query: string) => engine.client.search.query({ query });
  const baits = async () => (await search('aaaa')).items.map(({ entry }) => entry.name);

  it.each(HOSTILE)('have an answer, or an error that says why not: %s', async (_what, query) => {
    const outcome = await search(query).then(
      ({ items }) => items.length <= 1,
      (error: unknown) => toMooringError(error).code === 'SEARCH_TOO_SLOW',
    );
    expect(outcome).toBe(true);
    expect(await baits()).toEqual([BAIT]);
  });

  it('longer ones than anybody writes are refused', async () => {
    await expectError('INVALID_INPUT', search('a '.repeat(5120)));
    await expectError('INVALID_INPUT', engine.client.search.complete({ query: 'a '.repeat(5120) }));
  });

  it('a regular expression without an end is ended; meanwhile the engine answers, and afterwards searches do', async () => {
    const ended: string[] = [];
    const slow = expectError('SEARCH_TOO_SLOW', search(CATASTROPHE)).then(() => ended.push('slow'));
    const other = baits().then((names) => ended.push(...names));
    await engine.client.libraries.current();
    expect(ended).toEqual([]);
    await Promise.all([slow, other]);
    expect(ended.toSorted()).toEqual([BAIT, 'slow']);
    expect(await baits()).toEqual([BAIT]);
  });

  it('one that nobody waits for any more is ended at once', async () => {
    const abort = new AbortController();
    const abandoned = engine.client.search.query({ query: CATASTROPHE }, { signal: abort.signal });
    abort.abort();
    await expectError('CANCELLED', abandoned);
    expect(await baits()).toEqual([BAIT]);
  });

  it('a library can be closed while one runs', async () => {
    const slow = search(CATASTROPHE).catch((error: unknown) => toMooringError(error).code);
    await engine.client.libraries.close({ library: 'Home' });
    expect(['CANCELLED', 'SEARCH_TOO_SLOW']).toContain(await slow);
    await expectError('LIBRARY_NOT_OPEN', search('a'));
    await engine.client.libraries.open({ library: 'Home' });
    expect(await baits()).toEqual([BAIT]);
  });

  it('a library can be renamed while some run; they are answered, or say what is in the way', async () => {
    const renamed = engine.client.libraries.rename({ library: 'Home', name: 'House' });
    const during = await Promise.all(Array.from({ length: 5 }, () => baits().catch((error: unknown) => toMooringError(error).code)));
    for (const answer of during) expect([[BAIT], 'CONFLICT', 'CANCELLED']).toContainEqual(answer);
    await renamed;
    expect(await baits()).toEqual([BAIT]);
    await engine.client.libraries.rename({ library: 'House', name: 'Home' });
  });
});
