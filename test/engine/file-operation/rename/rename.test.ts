import { execFileSync } from 'node:child_process';
import { linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planRenames, type RenameItem } from '#core/file-operation/rename/rename-plan.ts';
import { runRenames } from '#core/file-operation/rename/rename-run.ts';
import { toSdPath } from '#core/fs/native-path.ts';
import { capabilitiesOf } from '#core/volume/capabilities.ts';
import { MooringError } from '#shared/contract/error.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { findProgram, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { startTestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { type ChangeWorld, expectCompleted, startChangeWorld } from '../change-world.ts';

const nowhere = { kept: [], mounts: [] };

/** Makes files of these names, each holding its own. */
function fill({ folder }: Pick<ChangeWorld, 'folder'>, ...names: string[]): void {
  for (const name of names) writeFileSync(path.join(folder, name), name);
}

/** Each name with what its file holds. */
function contents(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
}

function renaming({ folder }: Pick<ChangeWorld, 'folder'>, names: Record<string, string>) {
  return { type: 'file.rename' as const, items: Object.entries(names).map(([from, name]) => ({ path: path.join(folder, from), name })) };
}

it('renames a file, says what it did, and takes it back', async () => {
  await using world = await startChangeWorld();
  fill(world, 'a.txt');
  const done = expectCompleted(await world.run(renaming(world, { 'a.txt': 'b.txt' })));
  expect(contents(world.folder)).toEqual({ 'b.txt': 'a.txt' });
  expect(done.expected, 'also when nobody has looked before').toMatchObject({ files: 1, folders: 0 });
  expect(done.result).toMatchObject({
    kind: 'changes',
    changeCount: 1,
    changes: [{ from: expect.stringMatching(/\/a\.txt$/), to: expect.stringMatching(/\/b\.txt$/) }],
  });
  expectCompleted(await world.undo(done));
  expect(contents(world.folder)).toEqual({ 'a.txt': 'a.txt' });
});

it('lets names change places, in circles and chains, and takes that back, too', async () => {
  await using world = await startChangeWorld();
  fill(world, 'a', 'b', 'c', 'd', 'e', 'f');
  const before = { a: 'a', b: 'b', c: 'c', d: 'd', e: 'e', f: 'f' };
  const done = expectCompleted(await world.run(renaming(world, { a: 'b', b: 'a', c: 'd', d: 'e', e: 'g', f: 'f' })));
  expect(contents(world.folder)).toEqual({ a: 'b', b: 'a', d: 'c', e: 'd', g: 'e', f: 'f' });
  expectCompleted(await world.undo(done));
  expect(contents(world.folder)).toEqual(before);
  expect(readdirSync(path.join(world.engine.dataDir, 'renames'))).toEqual([]);
});

it('replaces nothing, and renames none of a batch when one cannot be', async () => {
  await using world = await startChangeWorld();
  fill(world, 'a', 'b', 'taken');
  const before = contents(world.folder);
  const batch = renaming(world, { a: 'free', b: 'taken' });
  const preview = await world.engine.client.actions.preview({ action: batch });
  expect(preview).toMatchObject({ obstacleCount: 1, obstacles: [{ code: 'PATH_ALREADY_EXISTS', proposedName: 'taken (2)' }] });
  await expectError('PATH_ALREADY_EXISTS', world.run(batch));
  await expectError('PATH_NOT_FOUND', world.run(renaming(world, { a: 'free', missing: 'other' })));
  await expectError('INVALID_INPUT', world.run(renaming(world, { a: 'same', b: 'same' })));
  expect(contents(world.folder)).toEqual(before);
});

it('renames folders, links and names that are not Unicode; a link as a link', async () => {
  await using world = await startChangeWorld();
  mkdirSync(path.join(world.folder, 'folder'));
  writeFileSync(path.join(world.folder, 'folder/file'), 'x');
  symlinkSync('folder', path.join(world.folder, 'link'));
  const odd = Buffer.concat([Buffer.from(`${world.folder}/`), Buffer.from([0xff, 0x61])]);
  writeFileSync(odd, 'odd');
  const items = [
    { path: path.join(world.folder, 'folder'), name: 'renamed' },
    { path: path.join(world.folder, 'link'), name: 'other link' },
    { path: toSdPath(odd, world.engine.services.device.id), name: 'even' },
  ];
  const done = expectCompleted(await world.run({ type: 'file.rename', items }));
  expect(readdirSync(world.folder).sort()).toEqual(['even', 'other link', 'renamed']);
  expect(lstatSync(path.join(world.folder, 'other link')).isSymbolicLink()).toBe(true);
  expect(readFileSync(path.join(world.folder, 'renamed/file'), 'utf8')).toBe('x');
  expectCompleted(await world.undo(done));
  expect(
    readdirSync(world.folder, 'buffer')
      .map((name) => name.toString('latin1'))
      .sort(),
  ).toEqual(['folder', 'link', 'ÿa']);
});

it('renames one of two hard links to the name of none, and not over the other', async () => {
  await using world = await startChangeWorld();
  fill(world, 'a');
  linkSync(path.join(world.folder, 'a'), path.join(world.folder, 'b'));
  await expectError('PATH_ALREADY_EXISTS', world.run(renaming(world, { a: 'b' })));
  expectCompleted(await world.run(renaming(world, { a: 'b', b: 'c' })));
  expect(readdirSync(world.folder).sort()).toEqual(['b', 'c']);
});

it('refuses to undo when the name is taken, the file is gone, or another one has its name', async () => {
  await using world = await startChangeWorld();
  fill(world, 'a');
  const done = await world.run(renaming(world, { a: 'b' }));
  fill(world, 'a');
  expect((await expectError('UNDO_REFUSED', world.undo(done))).message).toMatch(/“a”/);
  rmSync(path.join(world.folder, 'a'));
  rmSync(path.join(world.folder, 'b'));
  await expectError('UNDO_REFUSED', world.undo(done));
  mkdirSync(path.join(world.folder, 'b'));
  await expectError('UNDO_REFUSED', world.undo(done));
  expect(readdirSync(world.folder)).toEqual(['b']);
});

it('renames by a rule, and shows before what will come of it', async () => {
  await using world = await startChangeWorld();
  fill(world, 'IMG_1.JPG', 'IMG_2.JPG', 'note.txt');
  const sources = ['IMG_2.JPG', 'IMG_1.JPG'].map((name) => path.join(world.folder, name));
  const rule = {
    find: 'IMG_',
    replace: '',
    template: 'Sea {n:2}.{ext}',
    letters: 'lower' as const,
    isRegex: false,
    isCaseSensitive: true,
    start: 1,
    step: 1,
  };
  const preview = await world.engine.client.actions.preview({ action: { type: 'file.rename-many', sources, rule } });
  expect(preview.changes.map(({ to }) => path.basename(to ?? ''))).toEqual(['sea%2001.jpg', 'sea%2002.jpg']);
  const done = expectCompleted(await world.run({ type: 'file.rename-many', sources, rule }));
  expect(contents(world.folder)).toEqual({ 'sea 01.jpg': 'IMG_2.JPG', 'sea 02.jpg': 'IMG_1.JPG', 'note.txt': 'note.txt' });
  expectCompleted(await world.undo(done));
  expect(Object.keys(contents(world.folder)).sort()).toEqual(['IMG_1.JPG', 'IMG_2.JPG', 'note.txt']);
});

it('leaves alone what Mooring works in, and roots of volumes', async () => {
  await using world = await startChangeWorld();
  await expectError('NOT_SUPPORTED', world.run({ type: 'file.rename', items: [{ path: world.engine.dataDir, name: 'other' }] }));
  await expectError('NOT_SUPPORTED', world.run({ type: 'file.rename', items: [{ path: '/proc', name: 'other' }] }));
});

it('gives what a killed batch has left its name when Mooring starts again', async () => {
  const folder = await makeTestDir('files');
  const dataDir = await makeTestDir('engine');
  writeFileSync(path.join(folder, '.mooring-x.rename'), 'mine');
  writeFileSync(path.join(folder, '.mooring-y.rename'), 'other');
  writeFileSync(path.join(folder, 'taken.txt'), 'here');
  mkdirSync(path.join(dataDir, 'renames'));
  const encode = (text: string) => Buffer.from(text).toString('base64');
  const line = (temporary: string, to: string) =>
    `${JSON.stringify({ folder: encode(folder), temporary: encode(temporary), to: encode(to) })}\n`;
  const journal = `${line('.mooring-x.rename', 'b')}${line('.mooring-y.rename', 'taken.txt')}${line('.mooring-z.rename', 'c').slice(0, 20)}`;
  writeFileSync(path.join(dataDir, 'renames/one.journal'), journal);
  await using engine = await startTestEngine({ dataDir });
  await engine.services.fileChanges.settled();
  expect(contents(folder)).toEqual({ b: 'mine', 'taken.txt': 'here', 'taken (2).txt': 'other' });
  expect(readdirSync(path.join(dataDir, 'renames'))).toEqual([]);
});

it('any renaming of some of a folder ends as it was wanted, or changes nothing', async () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const folder = realpathSync(await makeTestDir('files'));
  const wanted = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names, 'f', 'g')), { maxLength: 6 });
  fc.assert(
    fc.property(wanted, fc.option(fc.nat(8), { nil: null }), (pairs, failsAt) => {
      for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
      fill({ folder }, ...names);
      const before = contents(folder);
      const items = pairs.map(([from, to]): RenameItem => ({ path: path.join(folder, from), name: to }));
      const plan = planRenames(items, nowhere, () => undefined);
      let steps = 0;
      const step = () => {
        if (steps++ === failsAt) throw new MooringError('CANCELLED', 'It was cancelled.');
      };
      const renamed = new Map(plan.renames.map(({ from, to }) => [String(from), String(to)]));
      try {
        runRenames(plan.renames, step, () => undefined);
        expect(contents(folder)).toEqual(Object.fromEntries(names.map((name) => [renamed.get(name) ?? name, name])));
      } catch (error) {
        if (!(error instanceof MooringError)) throw error;
        expect(contents(folder)).toEqual(before);
      }
    }),
    { numRuns: 500 },
  );
});

describe.skipIf(!loopMountAbility().allows || findProgram('lowntfs-3g') === null)('where names that differ in case alone are one', () => {
  it('lets nothing be replaced by another spelling, and names change places in any', async () => {
    await using image = await createDiskImage({ fileSystem: 'ntfs', sizeMb: 16 });
    const mountPoint = await makeTestDir('mnt');
    // Shows all names in small letters.
    execFileSync('lowntfs-3g', ['-o', 'ignore_case', await image.attach(), mountPoint]);
    const rename = (names: Record<string, string>) => {
      const items = Object.entries(names).map(([from, name]) => ({ path: path.join(mountPoint, from), name }));
      const plan = planRenames(items, nowhere, () => undefined);
      if (plan.obstacles[0]) throw plan.obstacles[0].error;
      runRenames(
        plan.renames,
        () => undefined,
        () => undefined,
      );
    };
    try {
      fill({ folder: mountPoint }, 'photo', 'other');
      rename({ photo: 'Photo' });
      expect(contents(mountPoint)).toEqual({ photo: 'photo', other: 'other' });
      expect(() => rename({ other: 'PHOTO' })).toThrow(expect.objectContaining({ code: 'PATH_ALREADY_EXISTS' }));
      rename({ photo: 'OTHER', other: 'Photo' });
      expect(contents(mountPoint)).toEqual({ other: 'photo', photo: 'other' });
    } finally {
      execFileSync('umount', ['-l', mountPoint]);
    }
  });
});

it('takes back what was done before one of a batch failed', async () => {
  const folder = realpathSync(await makeTestDir('files'));
  fill({ folder }, 'a', 'b');
  const before = readdirSync(folder).sort();
  const plan = planRenames(
    ['a', 'b'].map((name) => ({ path: path.join(folder, name), name: `${name}2` })),
    nowhere,
    () => undefined,
  );
  // Somebody takes the second name in the meantime.
  let steps = 0;
  const step = () => {
    if (++steps === 2) writeFileSync(path.join(folder, 'b2'), 'theirs');
  };
  expect(() => runRenames(plan.renames, step, () => undefined)).toThrow(expect.objectContaining({ code: 'PATH_ALREADY_EXISTS' }));
  expect(readdirSync(folder).sort()).toEqual([...before, 'b2'].sort());
  expect(readFileSync(path.join(folder, 'b2'), 'utf8')).toBe('theirs');
});

it('refuses a name that the volume does not hold, and proposes one that it does', async () => {
  await using world = await startChangeWorld();
  fill(world, 'a.txt');
  const long = `${'n'.repeat(300)}.txt`;
  const renamed = renaming(world, { 'a.txt': long });
  const proposed = `${'n'.repeat(251)}.txt`;
  expect((await world.engine.client.actions.preview({ action: renamed })).obstacles).toMatchObject([{ proposedName: proposed }]);
  expect((await expectError('NOT_SUPPORTED', world.run(renamed))).message).toMatch(/as long as this one. Choose another name/);
  const made = { type: 'file.create-folder' as const, parent: world.folder, name: long };
  expect((await world.engine.client.actions.preview({ action: made })).obstacles).toMatchObject([{ proposedName: proposed }]);
  await expectError('NOT_SUPPORTED', world.run(made));
  expect(readdirSync(world.folder)).toEqual(['a.txt']);
});

it.each([
  ['what?.txt', 'what_.txt'],
  ['NUL.txt', 'NUL_.txt'],
  ['ends.', 'ends_'],
])('refuses “%s” where Windows’ names are the law', async (name, proposedName) => {
  const folder = realpathSync(await makeTestDir('files'));
  fill({ folder }, 'a.txt');
  const mounts = [{ mountPoint: folder, capabilities: capabilitiesOf({ fileSystem: 'FAT32', isReadOnly: false }, 'win32') }];
  const plan = planRenames([{ path: path.join(folder, 'a.txt'), name }], { kept: [], mounts }, () => undefined);
  expect(plan).toMatchObject({ renames: [], obstacles: [{ error: { code: 'NOT_SUPPORTED', details: { proposedName } } }] });
});
