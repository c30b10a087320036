import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectError } from '#test/instruments/expect-error.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { expectCompleted, startChangeWorld } from '../change-world.ts';

it('throws away, lists, restores, and takes each of these back', async () => {
  await using world = await startChangeWorld();
  const { client } = world.engine;
  mkdirSync(path.join(world.folder, 'photos'));
  writeFileSync(path.join(world.folder, 'photos/sea.jpg'), 'sea');
  writeFileSync(path.join(world.folder, 'note.txt'), 'note');
  const sources = ['photos', 'note.txt'].map((name) => path.join(world.folder, name));
  const preview = await client.actions.preview({ action: { type: 'file.trash', sources } });
  expect(preview).toMatchObject({
    files: 1,
    folders: 1,
    changeCount: 2,
    obstacleCount: 0,
    needsConfirmation: false,
    undo: { isPossible: true },
  });

  const thrown = expectCompleted(await world.run({ type: 'file.trash', sources }));
  expect(readdirSync(world.folder)).toEqual([]);
  expect(readdirSync(path.join(world.homeTrash, 'files')).sort()).toEqual(['note.txt', 'photos']);
  const { items } = await client.files.trashed({ limit: 10 });
  expect(items.map(({ name, kind }) => [name, kind]).sort()).toEqual([
    ['note.txt', 'file'],
    ['photos', 'folder'],
  ]);

  const restored = expectCompleted(await world.run({ type: 'file.restore', items: items.map(({ id }) => id) }));
  expect(readFileSync(path.join(world.folder, 'photos/sea.jpg'), 'utf8')).toBe('sea');
  await expectError('UNDO_REFUSED', world.undo(thrown));
  expectCompleted(await world.undo(restored));
  expect(readdirSync(world.folder)).toEqual([]);
  expect((await client.files.trashed({ limit: 10 })).items).toHaveLength(2);
});

it('takes back what was thrown away by its action', async () => {
  await using world = await startChangeWorld();
  writeFileSync(path.join(world.folder, 'note.txt'), 'note');
  const thrown = await world.run({ type: 'file.trash', sources: [path.join(world.folder, 'note.txt')] });
  expectCompleted(await world.undo(thrown));
  expect(readFileSync(path.join(world.folder, 'note.txt'), 'utf8')).toBe('note');
  expect((await world.engine.client.files.trashed({ limit: 10 })).items).toEqual([]);
});

it('removes the folders that restoring has made when that is taken back', async () => {
  await using world = await startChangeWorld();
  mkdirSync(path.join(world.folder, 'a/b'), { recursive: true });
  writeFileSync(path.join(world.folder, 'a/b/file'), 'content');
  await world.run({ type: 'file.trash', sources: [path.join(world.folder, 'a/b/file')] });
  rmSync(path.join(world.folder, 'a'), { recursive: true });
  const [item] = (await world.engine.client.files.trashed({ limit: 10 })).items;
  const restored = expectCompleted(await world.run({ type: 'file.restore', items: [item?.id ?? ''] }));
  expectCompleted(await world.undo(restored));
  expect(readdirSync(world.folder)).toEqual([]);
});

it('lists in pages, newest first, each thing once', async () => {
  await using world = await startChangeWorld();
  const names = ['a', 'b', 'c', 'd', 'e'];
  for (const name of names) writeFileSync(path.join(world.folder, name), name);
  await world.run({ type: 'file.trash', sources: names.map((name) => path.join(world.folder, name)) });
  const seen: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await world.engine.client.files.trashed({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...page.items.map(({ name }) => name));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(seen.toSorted()).toEqual(names);
  await expectError('CURSOR_INVALID', world.engine.client.files.trashed({ limit: 2, cursor: 'nonsense' }));
});

it('restores nothing by an address that is not one of the trash', async () => {
  await using world = await startChangeWorld();
  writeFileSync(path.join(world.folder, 'note.txt'), 'note');
  await expectError('PATH_NOT_FOUND', world.run({ type: 'file.restore', items: [path.join(world.folder, 'note.txt')] }));
  await expectError('INVALID_INPUT', world.run({ type: 'file.restore', items: ['nonsense'] }));
});

describe.skipIf(!loopMountAbility().allows)('with volumes', () => {
  it('says what to do where there is no trash, and takes nothing of the others then', async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16 });
    const mountPoint = await image.mount();
    writeFileSync(path.join(mountPoint, 'file'), 'content');
    await image.unmount();
    await image.mount(mountPoint, { readOnly: true });
    await using world = await startChangeWorld();
    writeFileSync(path.join(world.folder, 'note.txt'), 'note');
    const sources = [path.join(world.folder, 'note.txt'), path.join(mountPoint, 'file')];
    const error = await expectError('NO_TRASH', world.run({ type: 'file.trash', sources }));
    expect(error.message).toMatch(/delete it for good/);
    expect(readdirSync(world.folder)).toEqual(['note.txt']);
    const preview = await world.engine.client.actions.preview({ action: { type: 'file.trash', sources } });
    expect(preview.obstacles).toMatchObject([{ code: 'NO_TRASH' }]);
  });

  it('takes back what was thrown away on a drive, at another mount point', async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16 });
    const mountPoint = await image.mount();
    await using world = await startChangeWorld();
    writeFileSync(path.join(mountPoint, 'file'), 'content');
    const thrown = expectCompleted(await world.run({ type: 'file.trash', sources: [path.join(mountPoint, 'file')] }));
    await image.unplug();
    const elsewhere = await image.mount();
    await world.engine.client.volumes.refresh();
    expectCompleted(await world.undo(thrown));
    expect(readFileSync(path.join(elsewhere, 'file'), 'utf8')).toBe('content');
  });
});
