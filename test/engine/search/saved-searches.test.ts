import { expect, it } from 'vitest';
import type { DomainEvent } from '#shared/contract/event.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { startTestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

it('searches are kept with their library, in order, and what happens to them is told', async () => {
  const dataDir = await makeTestDir('saved');
  const heard: DomainEvent[] = [];
  {
    await using engine = await startTestEngine({ dataDir });
    const { saved } = engine.client.search;
    const library = await engine.client.libraries.create({ name: 'Home' });
    for (const type of ['SavedSearchAdded', 'SavedSearchUpdated', 'SavedSearchRemoved'] as const) {
      engine.services.events.on(type, (event) => heard.push(event));
    }
    const big = await saved.add({ name: ' Big ', query: 'size:>1gb' });
    expect(big).toMatchObject({ name: 'Big', libraryId: library.id, query: 'size:>1gb', sort: 'relevance', order: 'desc' });
    const sameName = await saved.add({ name: 'Big', query: 'ext:', sort: 'name', order: 'asc' });
    const changed = await saved.update({ id: big.id, query: 'size:>2gb', sort: 'size' });
    expect(changed).toEqual({ ...big, query: 'size:>2gb', sort: 'size' });
    expect(await saved.update({ id: big.id })).toEqual(changed);
    expect(await saved.remove({ id: sameName.id })).toEqual({ id: sameName.id, name: 'Big' });
    expect(heard).toMatchObject([
      { type: 'SavedSearchAdded', libraryId: library.id, search: big },
      { type: 'SavedSearchAdded', search: sameName },
      { type: 'SavedSearchUpdated', search: changed },
      { type: 'SavedSearchUpdated', search: changed },
      { type: 'SavedSearchRemoved', libraryId: library.id, searchId: sameName.id },
    ]);
    await expectError('SAVED_SEARCH_NOT_FOUND', saved.remove({ id: sameName.id }));
    await expectError('SAVED_SEARCH_NOT_FOUND', saved.update({ id: sameName.id, name: 'Other' }));
  }
  await using again = await startTestEngine({ dataDir });
  expect((await again.client.search.saved.list({})).items).toMatchObject([{ name: 'Big', query: 'size:>2gb' }]);
  await again.client.libraries.create({ name: 'Other' });
  expect((await again.client.search.saved.list({})).items).toEqual([]);
  expect((await again.client.search.saved.list({ library: 'Home' })).items).toHaveLength(1);
});

it('none can be kept without a library', async () => {
  await using engine = await startTestEngine();
  await expectError('LIBRARY_NOT_OPEN', engine.client.search.saved.add({ name: 'a', query: 'b' }));
  await expectError('LIBRARY_NOT_OPEN', engine.client.search.query({ query: 'b' }));
});
