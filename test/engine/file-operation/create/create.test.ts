import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectError } from '#test/instruments/expect-error.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { expectCompleted, startChangeWorld } from '../change-world.ts';

it('makes a folder and a file, and takes them away while nobody has touched them', async () => {
  await using world = await startChangeWorld();
  const folder = expectCompleted(await world.run({ type: 'file.create-folder', parent: world.folder, name: 'new' }));
  const file = expectCompleted(await world.run({ type: 'file.create-file', parent: path.join(world.folder, 'new'), name: 'a.txt' }));
  expect(statSync(path.join(world.folder, 'new/a.txt')).size).toBe(0);
  expect((await expectError('UNDO_REFUSED', world.undo(folder))).message).toMatch(/not empty/);
  expectCompleted(await world.undo(file));
  expectCompleted(await world.undo(folder));
  expect(readdirSync(world.folder)).toEqual([]);
});

it('takes nothing away that was written to, or is another one by now', async () => {
  await using world = await startChangeWorld();
  const file = await world.run({ type: 'file.create-file', parent: world.folder, name: 'a.txt' });
  writeFileSync(path.join(world.folder, 'a.txt'), 'mine');
  expect((await expectError('UNDO_REFUSED', world.undo(file))).message).toMatch(/written to/);
  const folder = await world.run({ type: 'file.create-folder', parent: world.folder, name: 'new' });
  renameSync(path.join(world.folder, 'new'), path.join(world.folder, 'kept'));
  await expectError('UNDO_REFUSED', world.undo(folder));
  expect(readdirSync(world.folder).sort()).toEqual(['a.txt', 'kept']);
});

it('makes nothing where the name is taken, and proposes another', async () => {
  await using world = await startChangeWorld();
  writeFileSync(path.join(world.folder, 'a.txt'), 'mine');
  symlinkSync('nowhere', path.join(world.folder, 'dangling'));
  for (const [type, name] of [
    ['file.create-folder', 'a.txt'],
    ['file.create-file', 'a.txt'],
    ['file.create-file', 'dangling'],
  ] as const) {
    await expectError('PATH_ALREADY_EXISTS', world.run({ type, parent: world.folder, name }));
  }
  const preview = await world.engine.client.actions.preview({ action: { type: 'file.create-file', parent: world.folder, name: 'a.txt' } });
  expect(preview.obstacles).toMatchObject([{ code: 'PATH_ALREADY_EXISTS', proposedName: 'a (2).txt' }]);
  expect(readFileSync(path.join(world.folder, 'a.txt'), 'utf8')).toBe('mine');
  await expectError('PATH_NOT_FOUND', world.run({ type: 'file.create-file', parent: path.join(world.folder, 'missing'), name: 'a' }));
  await expectError('NOT_A_FOLDER', world.run({ type: 'file.create-file', parent: path.join(world.folder, 'a.txt'), name: 'a' }));
});

it('makes symbolic and hard links', async () => {
  await using world = await startChangeWorld();
  mkdirSync(path.join(world.folder, 'links'));
  writeFileSync(path.join(world.folder, 'a.txt'), 'content');
  const [target, parent] = [path.join(world.folder, 'a.txt'), path.join(world.folder, 'links')];
  const symbolic = expectCompleted(await world.run({ type: 'file.create-link', target, parent, name: 's', kind: 'symbolic' }));
  expect(readlinkSync(path.join(parent, 's'))).toBe('../a.txt');
  const hard = expectCompleted(await world.run({ type: 'file.create-link', target, parent, name: 'h', kind: 'hard' }));
  expect(lstatSync(target).nlink).toBe(2);
  await expectError('NOT_SUPPORTED', world.run({ type: 'file.create-link', target: parent, parent, name: 'f', kind: 'hard' }));
  expectCompleted(await world.undo(symbolic));
  expectCompleted(await world.undo(hard));
  expect(readdirSync(parent)).toEqual([]);
  expect(readFileSync(target, 'utf8')).toBe('content');
});

it('keeps a hard link that has become the only name of its file', async () => {
  await using world = await startChangeWorld();
  const target = path.join(world.folder, 'a.txt');
  writeFileSync(target, 'content');
  const hard = await world.run({ type: 'file.create-link', target, parent: world.folder, name: 'h', kind: 'hard' });
  rmSync(target);
  await expectError('UNDO_REFUSED', world.undo(hard));
  expect(readFileSync(path.join(world.folder, 'h'), 'utf8')).toBe('content');
});

describe.skipIf(!loopMountAbility().allows)('links to another volume', () => {
  it('are absolute, and never hard', async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16 });
    const mountPoint = await image.mount();
    await using world = await startChangeWorld();
    const target = path.join(world.folder, 'a.txt');
    writeFileSync(target, 'content');
    expectCompleted(await world.run({ type: 'file.create-link', target, parent: mountPoint, name: 's', kind: 'symbolic' }));
    expect(readlinkSync(path.join(mountPoint, 's'))).toBe(target);
    await expectError('NOT_SUPPORTED', world.run({ type: 'file.create-link', target, parent: mountPoint, name: 'h', kind: 'hard' }));
  });
});
