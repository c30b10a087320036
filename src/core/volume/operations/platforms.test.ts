import { expect, test } from 'vitest';
import { MooringError } from '#shared/contract/error.ts';
import { CommandError, type CommandRunner } from '../run-command.ts';
import { parseDissenters, unmountArguments } from './darwin-platform.ts';
import { deepestFirst, driveOf, isInside } from './drive.ts';
import { type NamedVolume, volumePlatform } from './volume-platform.ts';
import { unmountScript } from './win32-platform.ts';

const volume: NamedVolume = {
  ...{ name: 'Stick', fingerprint: 'f'.repeat(64), ownFingerprint: 'f'.repeat(64), key: 'disk4s1', device: '/dev/disk4s1', order: 1 },
  ...{ mountPoints: ['/Volumes/Stick'], fileSystem: 'exFAT', label: 'Stick', mountType: 'External', diskType: 'Unknown' },
  ...{ isReadOnly: false, isRemovable: true, isEjectable: true, hiddenBecause: null, totalBytes: 10, availableBytes: 5 },
  ...{ unresponsive: false, hardwareModel: null, hardwareId: null },
  identity: { source: 'filesystem-uuid', confidence: 'strong', resembles: null },
  identifiers: { fileSystemUuid: 'x', partitionGuid: null, serial: null, networkAddress: null, imageId: null },
};

function recorder(answer: (args: readonly string[]) => string | CommandError = () => ''): CommandRunner & { calls: string[][] } {
  const calls: string[][] = [];
  const run: CommandRunner = async (command, args) => {
    calls.push([command, ...args]);
    const output = answer(args);
    if (output instanceof CommandError) throw output;
    return { stdout: output, stderr: '' };
  };
  return Object.assign(run, { calls });
}

test('macOS unmounts a disk by its node and a share by its mount point, and ejects the disk', async () => {
  const run = recorder();
  const platform = volumePlatform('darwin', run);
  await platform.unmount(volume);
  expect(await platform.release(volume)).toEqual({ released: 'ejected' });
  expect(run.calls).toEqual([
    ['/usr/sbin/diskutil', 'unmount', '/dev/disk4s1'],
    ['/usr/sbin/diskutil', 'eject', '/dev/disk4s1'],
  ]);
  expect(unmountArguments({ device: null, mountPoints: ['/Volumes/Share'] })).toEqual([['unmount', '/Volumes/Share']]);
});

test('macOS names who dissents', async () => {
  const output = 'Unmount failed for /Volumes/Stick: dissented by PID 4711 (/Applications/Preview (2).app/Contents/MacOS/Preview)\n';
  expect(parseDissenters(output)).toEqual([{ pid: 4711, name: 'Preview' }]);
  const run = recorder(() => new CommandError('diskutil', 'exit-code', 1, { stdout: '', stderr: output }));
  await expect(volumePlatform('darwin', run).unmount(volume)).rejects.toMatchObject({
    code: 'VOLUME_BUSY',
    details: { processes: [{ pid: 4711, name: 'Preview' }] },
  });
});

test('nothing is ever forced, on any platform', async () => {
  const run = recorder((args) => (args.includes('-EncodedCommand') ? 'done' : ''));
  for (const platform of ['darwin', 'win32', 'linux'] as const) {
    await volumePlatform(platform, run).unmount({
      ...volume,
      mountPoints: platform === 'win32' ? ['E:\\'] : ['/nowhere/mooring'],
      device: null,
    });
  }
  expect(run.calls.length).toBeGreaterThanOrEqual(3);
  expect(run.calls.flat().filter((argument) => /^(force|-f|-l|--force|--lazy)$/.test(argument))).toEqual([]);
});

test('Windows ejects as the Explorer does and waits until the drive is gone; a share is disconnected', async () => {
  const eject = unmountScript({ mountType: 'External', mountPoints: ['D:\\Mounts\\x\\', 'E:\\'] });
  expect(eject).toContain("ParseName('E:').InvokeVerb('Eject')");
  expect(eject).toContain("Test-Path -LiteralPath 'E:\\'");
  expect(unmountScript({ mountType: 'Network', mountPoints: ['Z:\\'] })).toContain("Remove-SmbMapping -LocalPath 'Z:'");
  expect(() => unmountScript({ mountType: 'External', mountPoints: ["D:\\it's\\"] })).toThrow(MooringError);
  const busy = volumePlatform(
    'win32',
    recorder(() => 'busy\r\n'),
  ).unmount({ ...volume, mountPoints: ['E:\\'] });
  await expect(busy).rejects.toMatchObject({ code: 'VOLUME_BUSY' });
});

test('a platform that is not known says so', async () => {
  await expect(volumePlatform('aix', recorder()).unmount(volume)).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
});

test('the volumes of one drive are found by platform', () => {
  expect(driveOf({ device: '/dev/disk4s1' }, 'darwin')).toBe('disk4');
  expect(driveOf({ device: '/dev/disk5s1', spacePool: 'disk5' }, 'darwin')).toBe(
    driveOf({ device: '/dev/disk5s2', spacePool: 'disk5' }, 'darwin'),
  );
  expect(driveOf({ device: '\\\\.\\Harddisk2Partition1' }, 'win32')).toBe('Harddisk2');
  expect(driveOf({ device: null }, 'linux')).toBeNull();
});

test('paths are compared by whole names, and unmounted from the inside out', () => {
  expect(isInside('/mnt/ab', '/mnt/a')).toBe(false);
  expect(isInside('/mnt/a/b', '/mnt/a')).toBe(true);
  expect(isInside('/mnt', '/')).toBe(true);
  expect(deepestFirst(['/a', '/a/b/c', '/a/b'])).toEqual(['/a/b/c', '/a/b', '/a']);
});
