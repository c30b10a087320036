import { posix, win32 } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DetectedVolume, VolumeDetector } from '#core/volume/detector.ts';
import { isPseudoFileSystem } from '#core/volume/file-system-facts.ts';

export interface ConformanceRun {
  /** A new detector, whose world does not change during the run. */
  create: () => VolumeDetector | Promise<VolumeDetector>;
  /** A new detector of which one tool fails for one volume; left out where that cannot be arranged. */
  createWithFailure?: () => VolumeDetector | Promise<VolumeDetector>;
}

/** What every implementation of `VolumeDetector` must hold, whatever the platform: one suite for all of them. */
export function describeDetector(name: string, { create, createWithFailure }: ConformanceRun): void {
  describe(name, () => {
    test('finds at least the volume that the system runs from', async () => {
      const volumes = await detect(create);
      expect(volumes.filter((volume) => volume.mountType === 'System' && volume.hiddenBecause === null).length).toBeGreaterThan(0);
    });

    test('every volume has a key of its own, and no mount point belongs to two', async () => {
      const volumes = await detect(create);
      expect(duplicates(volumes.map((volume) => volume.key))).toEqual([]);
      expect(duplicates(volumes.flatMap((volume) => volume.mountPoints))).toEqual([]);
    });

    test('every volume is mounted somewhere, at absolute paths', async () => {
      for (const volume of await detect(create)) {
        expect(volume.mountPoints.length, volume.key).toBeGreaterThan(0);
        for (const mountPoint of volume.mountPoints) {
          expect(posix.isAbsolute(mountPoint) || win32.isAbsolute(mountPoint), mountPoint).toBe(true);
        }
      }
    });

    test('what nobody keeps files on is hidden, and what is hidden cannot be ejected', async () => {
      for (const volume of await detect(create)) {
        if (isPseudoFileSystem(volume.fileSystem)) expect(volume.hiddenBecause, volume.key).not.toBeNull();
        if (volume.hiddenBecause === 'pseudo' || volume.hiddenBecause === 'system') expect(volume.isEjectable, volume.key).toBe(false);
      }
    });

    test('the system itself cannot be ejected', async () => {
      for (const volume of await detect(create)) {
        if (volume.mountPoints.some((mountPoint) => mountPoint === '/' || /^c:\\$/i.test(mountPoint))) {
          expect(volume).toMatchObject({ isEjectable: false, hiddenBecause: null, mountType: 'System' });
        }
      }
    });

    test('sizes are whole, and no more is free than there is', async () => {
      for (const { key, totalBytes, availableBytes } of await detect(create)) {
        expect(totalBytes === null || (Number.isSafeInteger(totalBytes) && totalBytes >= 0), `${key} ${totalBytes}`).toBe(true);
        expect(availableBytes === null || (Number.isSafeInteger(availableBytes) && availableBytes >= 0), `${key} ${availableBytes}`).toBe(
          true,
        );
        expect((availableBytes ?? 0) <= (totalBytes ?? 0), key).toBe(true);
      }
    });

    test('a visible volume without a size says that it does not answer', async () => {
      for (const { hiddenBecause, totalBytes, unresponsive, key } of await detect(create)) {
        if (hiddenBecause === null && totalBytes === null) expect(unresponsive, key).toBe(true);
      }
    });

    test('identities and names are something or null, never an empty string', async () => {
      for (const volume of await detect(create)) {
        for (const value of [...Object.values(volume.identity), volume.label, volume.device, volume.hardwareModel]) {
          expect(value === null || (typeof value === 'string' && value !== '' && value === value.trim()), `${volume.key}: ${value}`).toBe(
            true,
          );
        }
        expect(volume.fileSystem, volume.key).not.toBe('');
      }
    });

    test('a network volume has an address, an image says so, and only they have those disk types', async () => {
      for (const { key, mountType, diskType, identity } of await detect(create)) {
        expect(diskType === 'Network', key).toBe(mountType === 'Network');
        if (mountType === 'Network') expect(identity.networkAddress, key).not.toBeNull();
      }
    });

    test('detecting twice tells the same volumes, and an unchanged token', async () => {
      const detector = await create();
      const before = await detector.changeToken();
      const [first, second] = [await detector.detect(), await detector.detect()];
      expect(second.map(identityOf).sort()).toEqual(first.map(identityOf).sort());
      expect(await detector.changeToken()).toBe(before);
    });

    if (!createWithFailure) return;
    test('one volume that fails takes no other with it', async () => {
      const whole = await detect(create);
      const partial = await detect(createWithFailure);
      expect(partial.map((volume) => volume.mountPoints.join()).sort()).toEqual(whole.map((volume) => volume.mountPoints.join()).sort());
    });
  });
}

async function detect(create: ConformanceRun['create']): Promise<DetectedVolume[]> {
  return (await create()).detect();
}

function identityOf(volume: DetectedVolume): string {
  return JSON.stringify([volume.key, [...volume.mountPoints].sort(), volume.identity]);
}

function duplicates(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
