import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectSameTree, treeOnDisk } from '../location/location-world.ts';
import { WatchWorld } from './watch-world.ts';

const RUNS = Number(process.env.MOORING_PROPERTY_RUNS ?? 12);
/** Few names, so that the same ones come, go and come again. */
const NAMES = ['a', 'b', 'c', 'x.tmp', 'ü'];

type Step =
  | { do: 'write' | 'remove' | 'mkdir' | 'chmod' | 'symlink' | 'save'; at: number[] }
  | { do: 'rename' | 'link'; at: number[]; to: number[] }
  | { do: 'kill' | 'off' | 'on' | 'settle' | 'breathe' };

const place = fc.array(fc.nat(NAMES.length - 1), { minLength: 1, maxLength: 4 });
const change: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('write' as const, 'mkdir' as const), at: place }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('remove' as const, 'chmod' as const, 'symlink' as const, 'save' as const), at: place }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('rename' as const, 'link' as const), at: place, to: place }) },
);
const turn: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('kill' as const, 'off' as const, 'on' as const, 'settle' as const, 'breathe' as const, 'breathe' as const),
});
const steps = fc.array(fc.oneof({ weight: 8, arbitrary: change }, { weight: 1, arbitrary: turn }), { minLength: 10, maxLength: 120 });

it('makes of any sequence of changes the index that a fresh look would make', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      await using world = await WatchWorld.make();
      const roots = [await world.addLocation('a'), await world.addLocation('b')];
      world.watch(10);
      await world.settled();
      for (const step of sequence) await take(world, roots, step);
      world.turn(true);
      await world.settled();
      for (const name of ['a', 'b']) expectSameTree(world.tree(name), await treeOnDisk(join(world.dir, name), []));
      expect(world.notices).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

async function take(world: WatchWorld, roots: readonly string[], step: Step): Promise<void> {
  if ('at' in step) attempt(() => changeDisk(roots, step));
  else if (step.do === 'kill') await world.kill();
  else if (step.do === 'settle') await world.settled();
  else if (step.do === 'breathe') await new Promise((resolve) => setImmediate(resolve));
  else world.turn(step.do === 'on');
}

/** Not everything is possible everywhere: a folder below a file, a folder into itself. */
function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

let contents = 0;

function changeDisk(roots: readonly string[], step: Extract<Step, { at: number[] }>): void {
  const path = pathOf(roots, step.at);
  contents++;
  if (step.do === 'mkdir') mkdirSync(path, { recursive: true });
  else if (step.do === 'write') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'x'.repeat(contents % 97));
  } else if (step.do === 'remove') rmSync(path, { recursive: true });
  else if (step.do === 'chmod') chmodSync(path, existsSync(path) && lstatSync(path).mode & 0o020 ? 0o755 : 0o775);
  else if (step.do === 'symlink') symlinkSync(readdirSync(dirname(path))[0] ?? '.', path);
  else if (step.do === 'rename') renameSync(path, pathOf(roots, step.to));
  else if (step.do === 'link') linkSync(path, pathOf(roots, step.to));
  else {
    // As editors save.
    writeFileSync(`${path}~`, 'y'.repeat(contents % 89));
    renameSync(`${path}~`, path);
  }
}

/** The first number also says which of the locations. */
function pathOf(roots: readonly string[], at: readonly number[]): string {
  const root = roots[(at[0] ?? 0) % roots.length] ?? '';
  return join(root, ...at.map((index) => NAMES[index] ?? 'a'));
}
