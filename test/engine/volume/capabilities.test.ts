import { constants } from 'node:fs';
import { chmod, copyFile, link, open, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capabilitiesOf } from '#core/volume/capabilities.ts';
import { LinuxDetector } from '#core/volume/linux/linux-detector.ts';
import type { VolumeCapabilities } from '#shared/contract/volume.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { canMount, createDiskImage, type ImageFileSystem } from '#test/instruments/loop-volume.ts';

const candidates: ImageFileSystem[] = ['ext4', 'xfs', 'btrfs', 'vfat', 'exfat', 'ntfs'];
const mountable = loopMountAbility().allows ? candidates.filter(canMount) : [];

/** What we say of a file system, held against a real one. */
describe.skipIf(!loopMountAbility().allows)('capabilities on real volumes', () => {
  test.each(mountable)('%s does what it is said to do, and does not do what it is said not to', async (fileSystem) => {
    await using image = await createDiskImage({ fileSystem, sizeMb: 32 });
    const root = await image.mount();
    const capabilities = await capabilitiesAt(root);
    const file = join(root, 'file');
    await writeFile(file, 'x'.repeat(8192));

    expect(await works(symlink('file', join(root, 'symlink')))).toBe(capabilities.symlinks);
    expect(await works(link(file, join(root, 'link')))).toBe(capabilities.hardLinks);
    expect(await works(copyFile(file, join(root, 'clone'), constants.COPYFILE_FICLONE_FORCE))).toBe(capabilities.copyOnWrite);
    if (capabilities.caseSensitive !== null) expect(await works(stat(join(root, 'FILE')))).toBe(!capabilities.caseSensitive);
    expect(await works(writeFile(join(root, 'n'.repeat(capabilities.maxNameLength)), ''))).toBe(true);
    expect(await works(writeFile(join(root, 'n'.repeat(capabilities.maxNameLength + 1)), ''))).toBe(false);
    for (const character of capabilities.forbiddenCharacters.replace(/[\0/]/g, '')) {
      expect(await works(writeFile(join(root, `a${character}b`), '')), JSON.stringify(character)).toBe(false);
    }
    if (capabilities.forbiddenCharacters === '\0/') expect(await works(writeFile(join(root, 'a:b*?"<>|\n'), ''))).toBe(true);
    expect(await keepsSparse(join(root, 'sparse'))).toBe(capabilities.sparseFiles);
    expect(await timeError(file)).toBeLessThan(capabilities.timestampGranularityNs / 1e6 + 1);
    if (capabilities.permissions && fileSystem !== 'ntfs') {
      await chmod(file, 0o640);
      expect((await stat(file)).mode & 0o777).toBe(0o640);
    }
  });

  test('there is something to hold them against', () => {
    expect(mountable).toContain('ext4');
  });
});

async function capabilitiesAt(mountPoint: string): Promise<VolumeCapabilities> {
  const volumes = await new LinuxDetector({ probeTimeoutMs: () => 2000 }).detect();
  const volume = volumes.find((candidate) => candidate.mountPoints.includes(mountPoint));
  if (!volume) throw new Error(`nothing is mounted at ${mountPoint}`);
  return capabilitiesOf(volume);
}

async function works(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => true,
    () => false,
  );
}

async function keepsSparse(path: string): Promise<boolean> {
  await using file = await open(path, 'w');
  await file.write('end', 8 * 1024 * 1024);
  await file.sync();
  return (await file.stat()).blocks * 512 < 4 * 1024 * 1024;
}

/** By how many milliseconds a time that was set comes back wrong. */
async function timeError(path: string): Promise<number> {
  const set = new Date('2024-05-06T07:08:09.123Z');
  await utimes(path, set, set);
  return Math.abs((await stat(path)).mtimeMs - set.getTime());
}
