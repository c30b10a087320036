import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LinuxDetector } from '#core/volume/linux/linux-detector.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const missing = loopMountAbility().reason;

describe.skipIf(missing !== null)(`what tells that something has changed (${missing ?? 'real loop mounts'})`, () => {
  it('is another when a drive takes the very place of one that was pulled out', async () => {
    const folder = await makeTestDir('token');
    const mountPoint = path.join(folder, 'mnt');
    mkdirSync(mountPoint);
    const [a = '', b = ''] = ['a.img', 'b.img'].map((name) => {
      const image = path.join(folder, name);
      writeFileSync(image, '');
      truncateSync(image, 8 * 1024 * 1024);
      execFileSync('mkfs.ext4', ['-q', image]);
      return image;
    });
    const device = execFileSync('losetup', ['--find', '--show', a], { encoding: 'utf8' }).trim();
    const detector = new LinuxDetector({ probeTimeoutMs: () => 1000 });
    try {
      execFileSync('mount', [device, mountPoint]);
      const before = await detector.changeToken();
      expect(await detector.changeToken()).toBe(before);
      execFileSync('umount', [mountPoint]);
      execFileSync('losetup', ['--detach', device]);
      execFileSync('losetup', [device, b]);
      execFileSync('mount', [device, mountPoint]);
      expect(await detector.changeToken()).not.toBe(before);
      execFileSync('umount', [mountPoint]);
    } finally {
      execFileSync('losetup', ['--detach', device]);
    }
  });

  it.each(['ext4', 'xfs', 'btrfs'] as const)(
    'is another when a drive was formatted anew and is in its old place (%s)',
    async (fileSystem) => {
      const stick = await createDiskImage({ fileSystem, sizeMb: 320, label: 'Before' });
      onTestFinished(() => stick.dispose());
      const mountPoint = await stick.mount();
      const detector = new LinuxDetector({ probeTimeoutMs: () => 1000 });
      const nameNow = async () => (await detector.detect()).find((volume) => volume.mountPoints.includes(mountPoint))?.label;
      expect(await nameNow()).toBe('Before');
      const before = await detector.changeToken();
      expect(await detector.changeToken()).toBe(before);
      await stick.unmount();
      const force = fileSystem === 'ext4' ? '-F' : '-f';
      execFileSync(`mkfs.${fileSystem}`, ['-q', force, '-L', 'After', stick.device ?? '']);
      await stick.mount(mountPoint);
      expect(await detector.changeToken()).not.toBe(before);
      expect(await nameNow()).toBe('After');
    },
  );
});
