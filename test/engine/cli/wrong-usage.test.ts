import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestDaemon, type TestDaemon } from '#test/instruments/test-daemon.ts';

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await makeTestDaemon();
  await daemon.json(['library', 'create', 'Present']);
});
afterAll(() => daemon[Symbol.asyncDispose]());

const FILE = import.meta.filename;
const NOWHERE = '/nowhere/at/all';
const NO_JOB = '01890000-0000-7000-8000-000000000000';

/** Command line, exit code, error code. */
const CASES: [string[], 1 | 2, string][] = [
  [['nothing'], 2, 'INVALID_INPUT'],
  [['--nothing'], 2, 'INVALID_INPUT'],
  [['status', 'extra'], 2, 'INVALID_INPUT'],
  [['status', '--instance', '../x'], 2, 'INVALID_INPUT'],
  [['status', '--units', 'miles'], 2, 'INVALID_INPUT'],
  [['start', '--http', '99999'], 2, 'INVALID_INPUT'],
  [['start', '--http', 'x'], 2, 'INVALID_INPUT'],
  [['start', '--http', '0'], 1, 'CONFLICT'],
  [['stop', '--forcefully'], 2, 'INVALID_INPUT'],
  [['restart', '--http'], 2, 'INVALID_INPUT'],
  [['daemon'], 2, 'INVALID_INPUT'],
  [['daemon', 'unit', '--kind', 'cron'], 1, 'INVALID_INPUT'],
  [['instance'], 2, 'INVALID_INPUT'],
  [['instance', 'stop'], 2, 'INVALID_INPUT'],
  [['instance', 'stop', 'a/b'], 1, 'INVALID_INPUT'],
  [['library'], 2, 'INVALID_INPUT'],
  [['library', 'create'], 2, 'INVALID_INPUT'],
  [['library', 'create', ''], 1, 'INVALID_INPUT'],
  [['library', 'create', 'a/b'], 1, 'INVALID_INPUT'],
  [['library', 'create', 'x'.repeat(256)], 1, 'INVALID_INPUT'],
  [['library', 'create', 'Present'], 1, 'LIBRARY_ALREADY_EXISTS'],
  [['library', 'create', 'New', '--path', NOWHERE], 1, 'PATH_NOT_FOUND'],
  [['library', 'open'], 2, 'INVALID_INPUT'],
  [['library', 'open', `${NOWHERE}.sdlibrary`], 1, 'PATH_NOT_FOUND'],
  [['library', 'open', '.'], 1, 'NOT_A_LIBRARY'],
  [['library', 'close', 'Absent'], 1, 'LIBRARY_NOT_FOUND'],
  [['library', 'switch'], 2, 'INVALID_INPUT'],
  [['library', 'switch', 'Absent'], 1, 'LIBRARY_NOT_FOUND'],
  [['library', 'info', 'Absent'], 1, 'LIBRARY_NOT_FOUND'],
  [['library', 'rename'], 2, 'INVALID_INPUT'],
  [['library', 'rename', 'x/y'], 1, 'INVALID_INPUT'],
  [['library', 'delete'], 2, 'INVALID_INPUT'],
  [['library', 'delete', 'Absent'], 1, 'LIBRARY_NOT_FOUND'],
  [['library', 'backup', 'Absent'], 1, 'LIBRARY_NOT_FOUND'],
  [['library', 'backups', 'Absent'], 1, 'LIBRARY_NOT_FOUND'],
  [['library', 'restore', '--backup', 'absent'], 1, 'BACKUP_NOT_FOUND'],
  [['library', 'stats', 'Absent'], 1, 'LIBRARY_NOT_FOUND'],
  [['library', 'optimize', 'Absent'], 1, 'LIBRARY_NOT_FOUND'],
  [['library', 'list', 'extra'], 2, 'INVALID_INPUT'],
  [['library', 'current', 'extra'], 2, 'INVALID_INPUT'],
  [['volume'], 2, 'INVALID_INPUT'],
  [['volume', 'list', 'extra'], 2, 'INVALID_INPUT'],
  [['volume', 'list', '--library', 'Absent'], 1, 'LIBRARY_NOT_FOUND'],
  [['volume', 'info'], 2, 'INVALID_INPUT'],
  [['volume', 'info', 'absent'], 1, 'VOLUME_NOT_FOUND'],
  [['volume', 'track'], 2, 'INVALID_INPUT'],
  [['volume', 'track', 'absent'], 1, 'VOLUME_NOT_FOUND'],
  [['volume', 'track', 'f'.repeat(64)], 1, 'VOLUME_NOT_FOUND'],
  [['volume', 'track', '/', '--name', ''], 1, 'INVALID_INPUT'],
  [['volume', 'untrack', 'absent'], 1, 'VOLUME_NOT_FOUND'],
  [['volume', 'set', '/'], 1, 'INVALID_INPUT'],
  [['volume', 'set', '/', '--color', 'red'], 2, 'INVALID_INPUT'],
  [['volume', 'set', '/', '--icon', 'unicorn'], 1, 'INVALID_INPUT'],
  [['volume', 'set', 'absent', '--name', 'x'], 1, 'VOLUME_NOT_FOUND'],
  [['volume', 'speed-test', 'absent'], 1, 'VOLUME_NOT_FOUND'],
  [['volume', 'eject', 'absent'], 1, 'VOLUME_NOT_FOUND'],
  [['volume', 'unmount'], 2, 'INVALID_INPUT'],
  [['volume', 'mount', 'absent'], 1, 'VOLUME_NOT_FOUND'],
  [['volume', 'operations', '--limit', '0'], 2, 'INVALID_INPUT'],
  [['volume', 'operations', '--cursor', 'garbage'], 1, 'CURSOR_INVALID'],
  [['volume', 'watch', 'extra'], 2, 'INVALID_INPUT'],
  [['system'], 2, 'INVALID_INPUT'],
  [['system', 'logs', '--tail', '-1'], 2, 'INVALID_INPUT'],
  [['system', 'logs', '--tail', 'x'], 2, 'INVALID_INPUT'],
  [['system', 'config', 'get', 'no.such.thing'], 1, 'INVALID_INPUT'],
  [['system', 'config', 'set', 'volumes.prompt'], 2, 'INVALID_INPUT'],
  [['system', 'config', 'set', 'volumes.prompt', 'maybe'], 1, 'INVALID_INPUT'],
  [['system', 'config', 'set', 'volumes', '{}'], 1, 'INVALID_INPUT'],
  [['system', 'config', 'set', '__proto__.x', '1'], 1, 'INVALID_INPUT'],
  [['system', 'doctor', 'extra'], 2, 'INVALID_INPUT'],
  [['events', '--type'], 2, 'INVALID_INPUT'],
  [['events', '--type', 'Nothing'], 1, 'INVALID_INPUT'],
  [['monitor'], 1, 'NOT_SUPPORTED'],
  [['ls', NOWHERE], 1, 'PATH_NOT_FOUND'],
  [['ls', '/proc/version'], 1, 'NOT_A_FOLDER'],
  [['ls', 'sd://garbage'], 1, 'INVALID_INPUT'],
  [['ls', '.', '--sort', 'beauty'], 2, 'INVALID_INPUT'],
  [['ls', '.', '--limit', '1001'], 2, 'INVALID_INPUT'],
  [['ls', '.', '--cursor', 'garbage'], 1, 'CURSOR_INVALID'],
  [['file'], 2, 'INVALID_INPUT'],
  [['file', 'info'], 2, 'INVALID_INPUT'],
  [['file', 'info', NOWHERE], 1, 'PATH_NOT_FOUND'],
  [['file', 'copy', '/etc/hostname'], 2, 'INVALID_INPUT'],
  [['file', 'copy', NOWHERE, '.'], 1, 'PATH_NOT_FOUND'],
  [['file', 'copy', '/etc/hostname', NOWHERE], 1, 'PATH_NOT_FOUND'],
  [['file', 'copy', '/etc/hostname', '.', '--verify', 'hope'], 2, 'INVALID_INPUT'],
  [['file', 'copy', '/etc/hostname', '.', '--on-conflict', 'panic'], 2, 'INVALID_INPUT'],
  [['tree', NOWHERE], 1, 'PATH_NOT_FOUND'],
  [['tree', '/proc/version'], 1, 'NOT_A_FOLDER'],
  [['tree', '.', '--depth', '0'], 2, 'INVALID_INPUT'],
  [['tree', '.', '--limit', '-1'], 2, 'INVALID_INPUT'],
  [['tree', '.', 'extra'], 2, 'INVALID_INPUT'],
  [['location'], 2, 'INVALID_INPUT'],
  [['location', 'add'], 2, 'INVALID_INPUT'],
  [['location', 'add', NOWHERE], 1, 'PATH_NOT_FOUND'],
  [['location', 'add', FILE], 1, 'NOT_A_FOLDER'],
  [['location', 'add', '/proc'], 1, 'LOCATION_NOT_ALLOWED'],
  [['location', 'add', '.'], 1, 'LOCATION_NOT_ALLOWED'],
  [['location', 'add', 'sd://garbage'], 1, 'INVALID_INPUT'],
  [['location', 'add', NOWHERE, '--name', ''], 1, 'INVALID_INPUT'],
  [['location', 'add', NOWHERE, '--mode', 'beautiful'], 2, 'INVALID_INPUT'],
  [['location', 'add', NOWHERE, '--rule', 'skip-everything'], 2, 'INVALID_INPUT'],
  [['location', 'add', NOWHERE, '--rule', 'only:'], 2, 'INVALID_INPUT'],
  [['location', 'add', NOWHERE, '--rule', 'skip-larger-than:much'], 2, 'INVALID_INPUT'],
  [['location', 'add', NOWHERE, '--library', 'Absent'], 1, 'LIBRARY_NOT_FOUND'],
  [['location', 'list', 'extra'], 2, 'INVALID_INPUT'],
  [['location', 'list', '--library', 'Absent'], 1, 'LIBRARY_NOT_FOUND'],
  [['location', 'info'], 2, 'INVALID_INPUT'],
  [['location', 'info', 'absent'], 1, 'LOCATION_NOT_FOUND'],
  [['location', 'info', NOWHERE], 1, 'LOCATION_NOT_FOUND'],
  [['location', 'update', 'absent'], 1, 'INVALID_INPUT'],
  [['location', 'update', 'absent', '--name', 'x'], 1, 'LOCATION_NOT_FOUND'],
  [['location', 'rescan', 'absent'], 1, 'LOCATION_NOT_FOUND'],
  [['location', 'pause', 'absent'], 1, 'LOCATION_NOT_FOUND'],
  [['location', 'resume', 'absent'], 1, 'LOCATION_NOT_FOUND'],
  [['location', 'remove', 'absent', '--yes'], 1, 'LOCATION_NOT_FOUND'],
  [['scan'], 2, 'INVALID_INPUT'],
  [['scan', NOWHERE], 1, 'PATH_NOT_FOUND'],
  [['scan', FILE], 1, 'NOT_A_FOLDER'],
  [['scan', '/proc'], 1, 'LOCATION_NOT_ALLOWED'],
  [['scan', NOWHERE, '--mode', 'x'], 2, 'INVALID_INPUT'],
  [['index'], 2, 'INVALID_INPUT'],
  [['index', 'quick-scan', '.'], 1, 'LOCATION_NOT_FOUND'],
  [['index', 'quick-scan', NOWHERE, '--scope', 'everything'], 2, 'INVALID_INPUT'],
  [['index', 'browse', NOWHERE], 1, 'PATH_NOT_FOUND'],
  [['index', 'browse', FILE], 1, 'NOT_A_FOLDER'],
  [['index', 'location', 'absent'], 1, 'LOCATION_NOT_FOUND'],
  [['job'], 2, 'INVALID_INPUT'],
  [['job', 'pause', NO_JOB], 1, 'JOB_NOT_FOUND'],
  [['job', 'resume', NO_JOB], 1, 'JOB_NOT_FOUND'],
  [['job', 'retry', NO_JOB], 1, 'JOB_NOT_FOUND'],
  [['job', 'log', NO_JOB], 1, 'JOB_NOT_FOUND'],
  [['job', 'problems', NO_JOB], 1, 'JOB_NOT_FOUND'],
  [['job', 'problems', NO_JOB, '--limit', '0'], 2, 'INVALID_INPUT'],
  [['job', 'list', '--cursor', 'garbage'], 1, 'CURSOR_INVALID'],
  [['job', 'run'], 2, 'INVALID_INPUT'],
  [['job', 'run', 'make-coffee'], 1, 'JOB_KIND_UNKNOWN'],
  [['job', 'run', 'file-copy', '--input', '{'], 2, 'INVALID_INPUT'],
  [['job', 'run', 'file-copy', '--input', '[]'], 2, 'INVALID_INPUT'],
  [['job', 'run', 'file-copy', '--input', '{}'], 1, 'INVALID_INPUT'],
  [['job', 'kinds', 'extra'], 2, 'INVALID_INPUT'],
  [['job', 'clear', 'extra'], 2, 'INVALID_INPUT'],
  [['job', 'monitor'], 1, 'NOT_SUPPORTED'],
  [['job', 'monitor', '--job-id', NO_JOB], 1, 'JOB_NOT_FOUND'],
  [['job', 'list', '--status', 'happy'], 2, 'INVALID_INPUT'],
  [['job', 'info'], 2, 'INVALID_INPUT'],
  [['job', 'info', 'x'], 1, 'INVALID_INPUT'],
  [['job', 'info', NO_JOB], 1, 'JOB_NOT_FOUND'],
  [['job', 'cancel', NO_JOB], 1, 'JOB_NOT_FOUND'],
  [['completion', 'tcsh'], 2, 'INVALID_INPUT'],
];

describe('wrong input', () => {
  it.concurrent.each(CASES)('%j ends with %i and %s', async (args, code, errorCode) => {
    const result = await daemon.cli([...args, '--json']);
    expect(result.json, result.stdout + result.stderr).toEqual({
      error: expect.objectContaining({ code: errorCode, message: expect.stringMatching(/\.$/) }),
    });
    expect(result.code).toBe(code);
    expect(result.stdout.trim().split('\n')).toHaveLength(1);
    expect(result.stderr).toBe('');
  });

  it('without --json is a sentence on stderr, and nothing on stdout', async () => {
    for (const args of [['volume', 'info', 'absent'], ['ls', NOWHERE], ['nothing'], ['ls', '--limit', '0']]) {
      const result = await daemon.cli(args);
      expect(result.stdout).toBe('');
      expect(result.stderr).toMatch(/^mooring: .+\.\n$/);
      expect(result.stderr).not.toMatch(/\n\s+at /);
    }
  });

  it('--no-start starts nothing', async () => {
    await using other = await makeTestDaemon();
    const result = await other.cli(['volume', 'list', '--json', '--no-start']);
    expect(result).toMatchObject({ code: 1, json: { error: { code: 'ENGINE_UNREACHABLE' } } });
    expect(await other.json(['status'])).toMatchObject({ running: false });
  });
});
