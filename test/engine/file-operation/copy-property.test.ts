import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { CopyWorld, leftovers, treeOf } from './copy-world.ts';

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

const missing = loopMountAbility().reason;

it.skipIf(missing !== null)(
  `copies any tree into an equal one, and merging it again changes nothing (${missing ?? 'on a real volume'})`,
  async () => {
    await using world = new CopyWorld(await makeTestDir('copy-data'));
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 256 });
    const folder = await image.mount();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(tree, async (content) => {
        const here = path.join(folder, String(run++));
        mkdirSync(path.join(here, 'to'), { recursive: true });
        make(path.join(here, 'from'), content);
        const job = await world.copy([path.join(here, 'from')], path.join(here, 'to'));
        expect(job).toMatchObject({ status: 'completed', problemCount: 0 });
        const original = treeOf(path.join(here, 'from'));
        expect(treeOf(path.join(here, 'to', 'from'))).toEqual(original);
        const again = await world.copy([path.join(here, 'from')], path.join(here, 'to'), { onConflict: 'skip' });
        expect(again).toMatchObject({ status: 'completed', problemCount: 0, output: { filesCopied: 0 } });
        expect(treeOf(path.join(here, 'to', 'from'))).toEqual(original);
        expect(leftovers(here)).toEqual([]);
        rmSync(here, { recursive: true });
      }),
      { numRuns: 12 },
    );
  },
  180_000,
);
