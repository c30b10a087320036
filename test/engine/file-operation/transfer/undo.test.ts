import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '#shared/contract/job.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { leftovers, TransferWorld, treeOf } from './transfer-world.ts';

const missing = loopMountAbility().reason;
const [ONE, OTHER] = ['a'.repeat(64), 'b'.repeat(64)];

describe.skipIf(missing !== null)(`taking transfers back (${missing ?? 'on real drives'})`, () => {
  let world: TransferWorld;
  let drives: DiskImage[];
  let from: string;
  let to: string;

  beforeEach(async () => {
    world = new TransferWorld(await makeTestDir('transfer-data'));
    drives = [await createDiskImage({ fileSystem: 'ext4', sizeMb: 100 }), await createDiskImage({ fileSystem: 'ext4', sizeMb: 100 })];
    const [one, other] = drives;
    if (!one || !other) throw new Error('Two drives are needed');
    await one.mount();
    await other.mount();
    from = world.add(one, ONE);
    to = world.add(other, OTHER);
    makeTree(path.join(from, 'tree'));
    mkdirSync(path.join(to, 'tree', 'sub'), { recursive: true });
    writeFileSync(path.join(to, 'tree', 'sub', 'of before'), 'of before');
    for (const folder of [from, to, path.join(to, 'tree'), path.join(to, 'tree', 'sub')]) utimesSync(folder, 1_100_000_000, 1_150_000_000);
  });

  afterEach(async () => {
    await world[Symbol.asyncDispose]();
    for (const drive of drives) await drive.dispose();
  });

  const undo = async (job: Job) => {
    const facts = world.transfers.undo.factsOf(job);
    if (!('facts' in facts)) throw new Error(facts.reason.code);
    const preview = await world.transfers.undo.preview(facts.facts);
    const { id } = await world.transfers.undo.start(facts.facts, null);
    return { preview, job: await world.jobs.ended(id) };
  };
  it('is not offered of a copy that has left everything as it was', async () => {
    const source = path.join(from, 'tree');
    await world.copy([source], to);
    const again = await world.copy([source], to, { onConflict: 'skip' });
    expect(again).toMatchObject({ status: 'completed', output: { filesCopied: 0 } });
    expect(world.transfers.undo.factsOf(again)).toEqual({ reason: { code: 'changed-nothing', params: {} } });
  });

  /** Both trees with all times, the roots' own as well. */
  const everything = () => [from, to].map((folder) => ({ ...treeOf(folder), modifiedMs: Math.round(lstatSync(folder).mtimeMs) }));

  it.each(['copy', 'move'] as const)('brings everything back after a %s that merged folders', async (kind) => {
    const before = everything();
    const done = await world[kind]([path.join(from, 'tree')], to);
    expect(done).toMatchObject({ status: 'completed', problemCount: 0 });
    expect(everything()).not.toEqual(before);
    const { preview, job } = await undo(done);
    expect(preview).toMatchObject({ files: 4, symlinks: 1 });
    expect(job).toMatchObject({ status: 'completed', problemCount: 0 });
    expect(everything()).toEqual(before);
    expect([...leftovers(from), ...leftovers(to)]).toEqual([]);
  });

  it('brings back what was renamed within a drive, whole folders too', async () => {
    mkdirSync(path.join(from, 'into'));
    utimesSync(path.join(from, 'into'), 1_200_000_000, 1_250_000_000);
    utimesSync(from, 1_100_000_000, 1_150_000_000);
    const before = everything();
    const { ino } = lstatSync(path.join(from, 'tree'));
    const done = await world.move([path.join(from, 'tree')], path.join(from, 'into'));
    expect(lstatSync(path.join(from, 'into', 'tree')).ino).toBe(ino);
    expect((await undo(done)).job).toMatchObject({ status: 'completed', problemCount: 0 });
    expect(everything()).toEqual(before);
  });

  it('refuses, and says why, when something was changed, added, replaced, or is in the way', async () => {
    const copied = await world.copy([path.join(from, 'tree')], to);
    const facts = world.transfers.undo.factsOf(copied);
    const refusal = async (reason: RegExp) => {
      const before = everything();
      if (!('facts' in facts)) throw new Error(facts.reason.code);
      await expect(world.transfers.undo.start(facts.facts, null)).rejects.toMatchObject({
        code: 'UNDO_REFUSED',
        message: expect.stringMatching(reason),
      });
      expect(everything()).toEqual(before);
    };
    writeFileSync(path.join(to, 'tree', 'new folder', 'added'), 'added');
    await refusal(/added/);
    rmSync(path.join(to, 'tree', 'new folder', 'added'));
    writeFileSync(path.join(to, 'tree', 'plain'), 'changed since');
    await refusal(/has changed/);
  });

  it('refuses to bring back a move whose old place is taken, or which has replaced a file', async () => {
    const moved = await world.move([path.join(from, 'tree')], to);
    mkdirSync(path.join(from, 'tree'));
    writeFileSync(path.join(from, 'tree', 'plain'), 'something new');
    await expect(undo(moved)).rejects.toMatchObject({ code: 'UNDO_REFUSED', message: expect.stringMatching(/something else/) });
    expect(readFileSync(path.join(from, 'tree', 'plain'), 'utf8')).toBe('something new');
    const replacing = await world.copy([path.join(from, 'tree')], to, { onConflict: 'overwrite' });
    await expect(undo(replacing)).rejects.toMatchObject({ code: 'UNDO_REFUSED', message: expect.stringMatching(/taken the place/) });
    expect(readFileSync(path.join(to, 'tree', 'plain'), 'utf8')).toBe('something new');
  });

  it('finds the drives wherever they are mounted then', async () => {
    const moved = await world.move([path.join(from, 'tree')], to);
    const [one, other] = drives;
    await one?.unmount();
    await other?.unmount();
    world.remove(ONE);
    world.remove(OTHER);
    if (!one || !other) throw new Error('Two drives are needed');
    await one.mount(await makeTestDir('elsewhere'));
    await other.mount(await makeTestDir('elsewhere'));
    from = world.add(one, ONE);
    to = world.add(other, OTHER);
    expect((await undo(moved)).job).toMatchObject({ status: 'completed', problemCount: 0 });
    expect(readdirSync(path.join(from, 'tree')).toSorted()).toEqual(['link', 'new folder', 'plain', 'sub']);
    expect(readdirSync(path.join(to, 'tree'))).toEqual(['sub']);
  });

  it('passes over copies that are gone already', async () => {
    const copied = await world.copy([path.join(from, 'tree')], to);
    rmSync(path.join(to, 'tree', 'plain'));
    renameSync(path.join(to, 'tree', 'new folder'), path.join(to, 'kept by the user'));
    expect((await undo(copied)).job).toMatchObject({ status: 'completed', problemCount: 0 });
    expect(existsSync(path.join(to, 'kept by the user', 'inside'))).toBe(true);
    expect(readdirSync(path.join(to, 'tree'))).toEqual(['sub']);
  });

  function makeTree(folder: string): void {
    mkdirSync(path.join(folder, 'sub'), { recursive: true });
    mkdirSync(path.join(folder, 'new folder'));
    writeFileSync(path.join(folder, 'plain'), 'plain');
    writeFileSync(path.join(folder, 'sub', 'large'), Buffer.alloc(5_000_000, 'large'));
    writeFileSync(path.join(folder, 'new folder', 'inside'), 'inside');
    execFileSync('ln', [path.join(folder, 'plain'), path.join(folder, 'sub', 'its other name')]);
    execFileSync('ln', ['-s', 'plain', path.join(folder, 'link')]);
    chmodSync(path.join(folder, 'sub'), 0o711);
    for (const name of ['plain', 'sub/large', 'new folder/inside', 'sub', 'new folder', '']) {
      utimesSync(path.join(folder, name), 1_000_000_000, 1_050_000_000);
    }
  }
});
