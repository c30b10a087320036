import { expect, test } from 'vitest';
import { recordedRunner } from '#test/engine/volume/recorded-runner.ts';
import { CommandError } from '../run-command.ts';
import { darwinDetector } from './darwin-detector.ts';
import { parseDf } from './parse-df.ts';
import { parseDiskInfo } from './parse-diskutil.ts';
import { parseMount } from './parse-mount.ts';

async function detectVisible(machine: string) {
  const volumes = await darwinDetector({ run: recordedRunner(machine) }).detect();
  return volumes.filter((volume) => volume.hiddenBecause === null);
}

test('a user of a Mac sees the disk, the drives, the stick, the image and the shares, and no helper volume', async () => {
  const volumes = await detectVisible('darwin/apple-silicon');
  expect(volumes.map((volume) => [volume.label, volume.mountType, volume.fileSystem, volume.mountPoints[0]])).toEqual([
    ['Macintosh HD', 'System', 'APFS', '/'],
    ['Work', 'External', 'APFS', '/Volumes/Work'],
    ['Archive (2024)', 'External', 'APFS (case-sensitive)', '/Volumes/Archive (2024)'],
    ['PHOTOS 32', 'External', 'exFAT', '/Volumes/PHOTOS 32'],
    ['Firefox', 'Image', 'HFS+', '/Volumes/Firefox'],
    [null, 'Network', 'SMB', '/Volumes/Photo Library'],
    [null, 'Network', 'SMB', '/Volumes/scans'],
  ]);
});

test('the startup disk is one writable volume, known by its data volume and not by the snapshot of the day', async () => {
  const [startup] = await detectVisible('darwin/apple-silicon');
  expect(startup).toMatchObject({
    key: 'disk3s5',
    mountPoints: ['/', '/System/Volumes/Data'],
    isReadOnly: false,
    diskType: 'SSD',
    hardwareModel: 'APPLE SSD AP0512Z',
    identity: { fileSystemUuid: '3a1b6c8e-5c41-4af0-9e62-0d5e8c1b7f20' },
  });
});

test('volumes of one container name the pool that they share, so that it can be counted once', async () => {
  const volumes = await detectVisible('darwin/apple-silicon');
  const pooled = volumes.filter((volume) => volume.spacePool === 'disk5');
  expect(pooled.map((volume) => volume.label)).toEqual(['Work', 'Archive (2024)']);
  expect(new Set(pooled.map((volume) => volume.totalBytes))).toEqual(new Set([2_000_189_177_856]));
});

test('a share that does not answer is unresponsive; the one beside it has its space', async () => {
  const volumes = await detectVisible('darwin/apple-silicon');
  expect(volumes.at(-2)).toMatchObject({
    unresponsive: false,
    totalBytes: 7_997_899_423_744,
    identity: { networkAddress: '//nas._smb._tcp.local/Photo Library' },
  });
  expect(volumes.at(-1)).toMatchObject({ unresponsive: true, totalBytes: null, identity: { networkAddress: '//10.0.0.7/scans' } });
});

test('a Mac without the split, and a stick that diskutil cannot describe', async () => {
  const volumes = await detectVisible('darwin/intel-hfs');
  expect(volumes.map((volume) => [volume.mountPoints, volume.fileSystem, volume.diskType, volume.unresponsive])).toEqual([
    [['/'], 'HFS+', 'HDD', false],
    [['/Volumes/New\nLine'], 'FAT32', 'Unknown', true],
  ]);
});

test('what diskutil said is asked again only when something else is mounted', async () => {
  const run = recordedRunner('darwin/apple-silicon');
  const detector = darwinDetector({ run });
  await detector.detect();
  run.calls.length = 0;
  await detector.detect();
  expect(run.calls.filter((call) => call.startsWith('diskutil'))).toEqual([]);
  expect(run.calls).toContain('df -klP');
});

test('a moment in which diskutil fails does not make strangers of known volumes', async () => {
  const recorded = recordedRunner('darwin/apple-silicon');
  let mounts = '';
  let isBroken = false;
  const detector = darwinDetector({
    run: async (command, args, options) => {
      if (command.endsWith('/mount')) return { stdout: (await recorded(command, args)).stdout + mounts, stderr: '' };
      if (isBroken && command.endsWith('/diskutil')) throw new CommandError(command, 'timed-out', null, { stdout: '', stderr: '' });
      return recorded(command, args, options);
    },
  });
  const before = await detector.detect();
  isBroken = true;
  mounts = '/dev/disk9s1 on /Volumes/New (msdos, local, nodev, nosuid)\n';
  const during = await detector.detect();
  expect(during.slice(0, before.length)).toEqual(before);
  expect(during.at(-1)).toMatchObject({ mountPoints: ['/Volumes/New'], identity: { fileSystemUuid: null } });
  isBroken = false;
  recorded.calls.length = 0;
  await detector.detect();
  expect(recorded.calls).toContain('diskutil info -plist disk9s1');
});

test('a mount point may look like the rest of the line', () => {
  expect(parseMount('/dev/disk4s1 on /Volumes/a on b (c) (msdos, local)\n')).toMatchObject([
    { source: '/dev/disk4s1', mountPoint: '/Volumes/a on b (c)' },
  ]);
  expect(parseDf('/dev/disk4s1 100 50 50 50% /Volumes/ends in 7% /x\n').has('/Volumes/ends in 7% /x')).toBe(true);
});

test.each(['', 'not xml', '<plist version="1.0"><array/></plist>', '<plist version="1.0"><dict><key>Error</key><true/></dict></plist>'])(
  'diskutil answering %j describes no disk',
  (output) => {
    expect(parseDiskInfo(output)).toBeNull();
  },
);
