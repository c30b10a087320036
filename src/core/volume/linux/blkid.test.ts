import { expect, test } from 'vitest';
import { CommandError, type CommandRunner } from '../run-command.ts';
import { Blkid, parseBlkidExport } from './blkid.ts';

/** Like blkid: tells of each device in turn, and ends with code 2 at the first of which it knows nothing. */
function blkidThatKnows(known: Record<string, string>): { run: CommandRunner; calls: string[][] } {
  const calls: string[][] = [];
  const run: CommandRunner = async (_command, args) => {
    const devices = args.slice(args.indexOf('--') + 1);
    calls.push(devices);
    const end = devices.findIndex((device) => !known[device]);
    const told = end === -1 ? devices : devices.slice(0, end);
    const output = { stdout: told.map((device) => `DEVNAME=${device}\nUUID=${known[device]}\n`).join('\n'), stderr: '' };
    if (end === -1) return output;
    throw new CommandError('blkid', 'exit-code', 2, output);
  };
  return { run, calls };
}

test('devices asked for together share one process', async () => {
  const { run, calls } = blkidThatKnows({ '/dev/a': '1', '/dev/b': '2' });
  const blkid = new Blkid(run);
  const answers = await Promise.all([blkid.probe('/dev/a'), blkid.probe('/dev/b'), blkid.probe('/dev/a')]);
  expect(answers.map((values) => values?.get('UUID'))).toEqual(['1', '2', '1']);
  expect(calls).toEqual([['/dev/a', '/dev/b']]);
});

test('a device of which blkid knows nothing does not hide the others', async () => {
  const { run, calls } = blkidThatKnows({ '/dev/b': '2', '/dev/c': '3', '/dev/e': '5' });
  const blkid = new Blkid(run);
  const answers = await Promise.all(['/dev/a', '/dev/b', '/dev/c', '/dev/d', '/dev/e'].map((device) => blkid.probe(device)));
  expect(answers.map((values) => values?.get('UUID') ?? null)).toEqual([null, '2', '3', null, '5']);
  expect(calls).toEqual([['/dev/a', '/dev/b', '/dev/c', '/dev/d', '/dev/e'], ['/dev/b', '/dev/c', '/dev/d', '/dev/e'], ['/dev/e']]);
});

test('a device that does not answer keeps no other waiting', async () => {
  const calls: string[][] = [];
  const blkid = new Blkid(async (_command, args) => {
    const devices = args.slice(args.indexOf('--') + 1);
    calls.push(devices);
    if (devices.includes('/dev/hung')) throw new CommandError('blkid', 'timed-out', null, { stdout: '', stderr: '' });
    return { stdout: devices.map((device) => `DEVNAME=${device}\nUUID=1\n`).join('\n'), stderr: '' };
  });
  const answers = await Promise.all(['/dev/hung', '/dev/b', '/dev/c'].map((device) => blkid.probe(device)));
  expect(answers.map((values) => values?.get('UUID') ?? null)).toEqual([null, '1', '1']);
  expect(calls).toHaveLength(4);
});

test('without blkid nothing is known', async () => {
  const blkid = new Blkid(async () => {
    throw new CommandError('blkid', 'missing', null, { stdout: '', stderr: '' });
  });
  expect(await blkid.probe('/dev/a')).toBeNull();
});

test('spaces and backslashes in labels are as they were given', () => {
  const stdout = 'DEVNAME=/dev/loop0\nLABEL=My\\ \\\\disk\\=1\nTYPE=ext4\n\nDEVNAME=/dev/loop1\nTYPE=xfs\n';
  const devices = parseBlkidExport(stdout);
  expect(devices.get('/dev/loop0')?.get('LABEL')).toBe('My \\disk=1');
  expect(devices.get('/dev/loop1')?.get('TYPE')).toBe('xfs');
});
