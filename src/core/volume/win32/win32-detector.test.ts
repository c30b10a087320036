import { expect, test } from 'vitest';
import { recordedRunner } from '#test/engine/volume/recorded-runner.ts';
import { parseNetworkDrives, parseVolumes } from './parse-volumes.ts';
import { NETWORK_SCRIPT, powershellArguments, VOLUMES_SCRIPT, watchScript } from './powershell.ts';
import { win32Detector } from './win32-detector.ts';
import { win32Volumes } from './win32-volumes.ts';

async function detectVisible(machine: string) {
  const volumes = await win32Detector({ run: recordedRunner(machine), probeTimeoutMs: () => 50 }).detect();
  return volumes.filter((volume) => volume.hiddenBecause === null);
}

test('a user of Windows sees drives, folders and shares; neither EFI nor recovery, no locked drive, no empty reader', async () => {
  const volumes = await detectVisible('win32/windows-11');
  expect(volumes.map((volume) => [volume.mountPoints[0], volume.mountType, volume.diskType, volume.fileSystem])).toEqual([
    ['C:\\', 'System', 'SSD', 'NTFS'],
    ['D:\\', 'System', 'HDD', 'NTFS'],
    ['E:\\', 'External', 'Unknown', 'exFAT'],
    ['D:\\Mounts\\Projekte\\', 'System', 'SSD', 'NTFS'],
    ['H:\\', 'External', 'Unknown', 'ISO9660'],
    ['V:\\', 'Image', 'Virtual', 'NTFS'],
    ['Z:\\', 'Network', 'Network', 'SMB'],
    ['Y:\\', 'Network', 'Network', 'SMB'],
  ]);
  expect(volumes[1]?.label).toBe('Archiv – Öffentlich');
});

test('the serial number of a stick is written as Linux writes it', async () => {
  const stick = (await detectVisible('win32/windows-11')).find((volume) => volume.fileSystem === 'exFAT');
  expect(stick).toMatchObject({ isEjectable: true, isRemovable: true, identity: { fileSystemUuid: '1A2B-3C4D', partitionGuid: null } });
});

test('hidden partitions are still there for who asks', async () => {
  const volumes = await win32Detector({ run: recordedRunner('win32/windows-11') }).detect();
  expect(volumes.filter((volume) => volume.hiddenBecause === 'system').map((volume) => volume.fileSystem)).toEqual(['FAT32', 'NTFS']);
});

test('single objects, nulls and value/Count in place of arrays', async () => {
  const [system, share] = await detectVisible('win32/one-of-each');
  expect(system).toMatchObject({ mountPoints: ['C:\\'], totalBytes: 127_355_842_560, availableBytes: null, mountType: 'System' });
  expect(share).toMatchObject({ mountPoints: ['N:\\'], unresponsive: true });
});

test('one entry that makes no sense is left out, the others stay', () => {
  const volume = { path: '\\\\?\\Volume{x}\\', letter: 'C', fileSystem: 'NTFS', driveType: 3, size: 10, sizeRemaining: 'a lot' };
  const output = parseVolumes(JSON.stringify({ volumes: [volume, 7, { letter: 'X' }], partitions: 'none' }));
  expect(win32Volumes(output, null)).toMatchObject([{ mountPoints: ['C:\\'], availableBytes: null }]);
});

test('output that is no JSON is an error, not an empty computer', () => {
  expect(() => parseVolumes('Get-Volume : The term is not recognized')).toThrow(SyntaxError);
  expect(() => parseNetworkDrives('')).toThrow(SyntaxError);
});

test('scripts travel encoded, within what a command line may hold, and change nothing', () => {
  for (const script of [VOLUMES_SCRIPT, NETWORK_SCRIPT, watchScript(4711)]) {
    const args = powershellArguments(script);
    expect(args.join(' ').length).toBeLessThan(32_000);
    expect(Buffer.from(args.at(-1) ?? '', 'base64').toString('utf16le')).toBe(script);
    expect(script).not.toMatch(/\b(Set|Remove|Clear|Format|Dismount|Initialize|Repair|Optimize)-(?!Event)/);
  }
});
