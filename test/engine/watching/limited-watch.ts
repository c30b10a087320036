/** @file Watches a location of a hundred folders, and prints what became of it: run where fewer watches are allowed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WatchWorld } from './watch-world.ts';

await using world = await WatchWorld.make();
const root = await world.addLocation('a');
for (let folder = 0; folder < 100; folder++) mkdirSync(join(root, String(folder)));
const other = await world.addLocation('small');
const watching = world.watch();
await world.settled();
writeFileSync(join(other, 'file'), '');
await world.settled();
const states = [...world.watched.values()].map(({ libraryId, uuid }) => watching.stateOf(libraryId, uuid));
console.log(JSON.stringify({ states, notices: world.notices, isIndexed: world.entryId('a', '99') !== undefined }));
