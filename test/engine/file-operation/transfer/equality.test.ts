import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findProgram, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { makeHostileTree, removeHostileTree } from '#test/instruments/hostile-tree.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { differences, leftovers, TransferWorld } from './transfer-world.ts';

const missing = loopMountAbility().reason ?? (findProgram('rsync') === null ? 'not installed: rsync' : null);
const [ONE, OTHER] = ['a'.repeat(64), 'b'.repeat(64)];

type Tree = { [name: string]: Item };
type Item =
  | { type: 'file'; size: number; fill: number; seconds: number }
  | { type: 'link'; to: string }
  | { type: 'folder'; seconds: number; content: Tree };

const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((text) => !/[/\0]/.test(text) && text !== '.' && text !== '..' && text !== '__proto__' && text.isWellFormed());
const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
const { tree } = fc.letrec<{ tree: Tree; item: Item }>((tie) => ({
  tree: fc.dictionary(name, tie('item'), { maxKeys: 6, depthIdentifier: 'tree' }),
  item: fc.oneof(
    { depthIdentifier: 'tree', maxDepth: 4 },
    fc.record({ type: fc.constant('file' as const), size: fc.nat({ max: 70_000 }), fill: fc.nat({ max: 255 }), seconds }),
    fc.record({ type: fc.constant('link' as const), to: name }),
    fc.record({ type: fc.constant('folder' as const), seconds, content: tie('tree') }),
  ),
}));

function make(folder: string, content: Tree): void {
  mkdirSync(folder);
  for (const [itemName, item] of Object.entries(content)) {
    const at = path.join(folder, itemName);
    if (item.type === 'link') symlinkSync(item.to, at);
    if (item.type === 'file') writeFileSync(at, Buffer.alloc(item.size, item.fill));
    if (item.type === 'folder') make(at, item.content);
    if (item.type !== 'link') utimesSync(at, item.seconds, item.seconds);
  }
}

describe.skipIf(missing !== null)(`copies equal their sources, by the word of rsync (${missing ?? 'on real drives'})`, () => {
  let world: TransferWorld;
  let drives: DiskImage[];
  let from: string;
  let to: string;

  beforeEach(async () => {
    world = new TransferWorld(await makeTestDir('transfer-data'));
    const one = await createDiskImage({ fileSystem: 'ext4', sizeMb: 700 });
    const other = await createDiskImage({ fileSystem: 'xfs', sizeMb: 1500 });
    drives = [one, other];
    await one.mount();
    await other.mount();
    from = world.add(one, ONE);
    to = world.add(other, OTHER);
    world.live.push({ mountPoints: ['/'], fingerprint: 'c'.repeat(64), fileSystem: 'ext4', unresponsive: false, isReadOnly: false });
  });

  afterEach(async () => {
    await world[Symbol.asyncDispose]();
    for (const drive of drives) await drive.dispose();
  });

  it('/usr/share', { timeout: 240_000 }, async () => {
    const job = await world.copy([process.env.MOORING_TEST_FOLDER ?? '/usr/share/doc'], to);
    expect(job).toMatchObject({ status: 'completed', problemCount: 0 });
    const source = process.env.MOORING_TEST_FOLDER ?? '/usr/share/doc';
    expect(differences(source, path.join(to, path.basename(source)))).toBe('');
    expect(leftovers(to)).toEqual([]);
  });

  it('the hostile tree: all but special files, and what lies deeper than any path reaches', { timeout: 120_000 }, async () => {
    const source = path.join(from, 'hostile');
    mkdirSync(source);
    await makeHostileTree(source, { filesInOneFolder: 500, depth: 12 });
    const job = await world.copy([source], to);
    expect(job.status).toBe('completed');
    expect(job.problems.every(({ code }) => code === 'NOT_SUPPORTED')).toBe(true);
    const different = differences(source, path.join(to, 'hostile'))
      .split('\n')
      .filter((line) => line !== '' && !line.includes('special'));
    expect(different).toEqual([]);
    removeHostileTree(source);
  });

  it('random trees, and merging them again changes nothing', { timeout: 180_000 }, async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(tree, async (content) => {
        const source = path.join(from, String(run++));
        make(source, content);
        expect(await world.copy([source], to)).toMatchObject({ status: 'completed', problemCount: 0 });
        const target = path.join(to, path.basename(source));
        expect(differences(source, target)).toBe('');
        const again = await world.copy([source], to, { onConflict: 'skip' });
        expect(again).toMatchObject({ status: 'completed', problemCount: 0, output: { filesCopied: 0 } });
        expect(differences(source, target)).toBe('');
        expect(leftovers(to)).toEqual([]);
        rmSync(source, { recursive: true });
      }),
      { numRuns: 10 },
    );
  });
});
