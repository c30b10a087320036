import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { CopyWorld, leftovers } from './copy-world.ts';

const PROCESS = fileURLToPath(new URL('./copy-process.ts', import.meta.url));
const FINGERPRINT = 'c'.repeat(64);
const FILES = 3000;
const FILE_BYTES = 20_000;
const FOREIGN = '.mooring-ffffffffffff-1.part';
const missing = loopMountAbility().reason;

/** Kills the copy when it has written so many bytes. */
async function copyAndKill(args: string[], bytes: number): Promise<void> {
  const child = spawn(process.execPath, [PROCESS, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    if (((JSON.parse(line) as { bytes?: number }).bytes ?? 0) >= bytes) child.kill('SIGKILL');
  }
  await exited;
}

it.skipIf(missing !== null)(
  `tidies up after a copy that was killed, when its drive is back at another place (${missing ?? 'real ones'})`,
  { timeout: 120_000 },
  async () => {
    const dataDir = await makeTestDir('copy-killed');
    const source = path.join(await makeTestDir('copy-source'), 'tree');
    mkdirSync(path.join(source, 'sub'), { recursive: true });
    for (let index = 0; index < FILES; index++) {
      writeFileSync(path.join(source, index % 2 ? 'sub' : '', `file ${index}`), Buffer.alloc(FILE_BYTES, `${index} `));
    }
    const image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 200 });
    try {
      const mountPoint = await image.mount();
      writeFileSync(path.join(mountPoint, FOREIGN), 'of another computer');
      await copyAndKill([dataDir, FINGERPRINT, source, mountPoint], (FILES / 3) * FILE_BYTES);
      // Else nothing is put to the test.
      expect(leftovers(mountPoint).length).toBeGreaterThan(1);
      await image.unmount();

      await using world = new CopyWorld(dataDir);
      await world.files.tidied;
      expect(readdirSync(path.join(dataDir, 'copies'))).toHaveLength(1);
      const elsewhere = await image.mount(await makeTestDir('elsewhere'));
      world.add(image, FINGERPRINT);
      world.tellOfMount(FINGERPRINT);
      await world.files.tidied;
      expect(leftovers(elsewhere)).toEqual([path.join(elsewhere, FOREIGN)]);
      expect(readdirSync(path.join(dataDir, 'copies'))).toEqual([]);
      expectWholeFiles(source, path.join(elsewhere, 'tree'));
      const again = await world.copy([source], elsewhere, { onConflict: 'skip' });
      expect(again).toMatchObject({ status: 'completed', problemCount: 0 });
    } finally {
      await image.dispose();
    }
  },
);

/** What has its name is whole. */
function expectWholeFiles(source: string, target: string): void {
  for (const name of existsSync(target) ? readdirSync(target, { recursive: true, withFileTypes: true }) : []) {
    if (!name.isFile()) continue;
    const file = path.join(name.parentPath, name.name);
    expect(readFileSync(file).equals(readFileSync(path.join(source, path.relative(target, file)))), file).toBe(true);
  }
}
