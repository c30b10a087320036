import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import { openTerminal } from '#test/instruments/terminal.ts';
import { makeTestDaemon } from '#test/instruments/test-daemon.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const BIN = join(ROOT, 'bin', 'mooring.js');

describe('output', () => {
  it('goes on quietly when nobody reads it any more', async () => {
    await using daemon = await makeTestDaemon();
    await daemon.json(['start']);
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', `set -o pipefail; "$0" "$1" system doctor | head -1`, process.execPath, join(ROOT, 'out/main/cli.js')],
      {
        env: { ...process.env, MOORING_DATA_DIR: daemon.dataDir },
        encoding: 'utf8',
      },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it.runIf(existsSync('/dev/full'))('that cannot be written is an error in one line', async () => {
    await using daemon = await makeTestDaemon();
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', `"$0" "$1" status --json > /dev/full`, process.execPath, join(ROOT, 'out/main/cli.js')],
      {
        env: { ...process.env, MOORING_DATA_DIR: daemon.dataDir },
        encoding: 'utf8',
      },
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'mooring: The output could not be written (ENOSPC).\n' });
  });

  it.runIf(loopMountAbility().allows)('names from disk cannot command the terminal, and JSON has them as they are', async () => {
    const name = 'a\u001b[31m\u202egpj.exe\nb';
    await using daemon = await makeTestDaemon();
    const folder = await makeTestDir('names');
    writeFileSync(join(folder, name), '');
    const shown = await daemon.cli(['ls', folder]);
    expect(shown.stdout).toContain('a\\x1b[31m\\u202egpj.exe\\nb');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(shown.stdout).not.toMatch(/[\u001b\u202e]/);
    const { items } = await daemon.json<{ items: { name: string }[] }>(['ls', folder]);
    expect(items.map((entry) => entry.name)).toEqual([name]);
  });

  it('paths are taken relative to the caller’s folder', async () => {
    await using daemon = await makeTestDaemon();
    const folder = await makeTestDir('here');
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub', 'file'), 'x');
    const { items } = await daemon.json<{ items: { name: string }[] }>(['ls', 'sub'], { cwd: folder });
    expect(items.map((entry) => entry.name)).toEqual(['file']);
    const library = await daemon.json<{ path: string }>(['library', 'create', 'Here', '--path', '.'], { cwd: folder });
    expect(library.path).toBe(join(folder, 'Here.sdlibrary'));
    expect(await daemon.json(['library', 'close', './Here.sdlibrary'], { cwd: folder })).toMatchObject({ name: 'Here', status: 'closed' });
    expect(await daemon.json(['library', 'open', 'Here.sdlibrary'], { cwd: folder })).toMatchObject({ name: 'Here', status: 'open' });
    expect(await daemon.json(['volume', 'info', '.'], { cwd: folder })).toMatchObject({ isMounted: true });
  });

  it('a setting can be read and changed by its name', async () => {
    await using daemon = await makeTestDaemon();
    expect(await daemon.json(['system', 'config', 'set', 'appearance.theme', 'dark'])).toMatchObject({ appearance: { theme: 'dark' } });
    expect(await daemon.json(['system', 'config', 'get', 'appearance.theme'])).toBe('dark');
    expect(await daemon.json(['system', 'config', 'set', 'volumes.prompt', 'false'])).toMatchObject({ volumes: { prompt: false } });
  });
});

describe('a copy', () => {
  it.runIf(loopMountAbility().allows)(
    'is made, waited for and printed; a file that is there already is never overwritten unasked',
    async () => {
      await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16 });
      const mountPoint = await image.mount();
      await using daemon = await makeTestDaemon();
      const folder = await makeTestDir('source');
      mkdirSync(join(folder, 'album'));
      writeFileSync(join(folder, 'album', 'picture'), 'picture'.repeat(1000));
      expect(await daemon.json(['file', 'copy', 'album', mountPoint, '--dry-run'], { cwd: folder })).toMatchObject({
        files: 1,
        folders: 1,
        conflictCount: 0,
      });
      expect(existsSync(join(mountPoint, 'album'))).toBe(false);
      const done = await daemon.json<{ job: { status: string } }>(['file', 'copy', 'album', mountPoint], { cwd: folder });
      expect(done.job.status).toBe('completed');
      expect(readFileSync(join(mountPoint, 'album', 'picture'), 'utf8')).toBe('picture'.repeat(1000));
      writeFileSync(join(folder, 'album', 'picture'), 'other');
      const refused = await daemon.cli(['file', 'copy', 'album', mountPoint, '--json'], { cwd: folder });
      expect(refused).toMatchObject({ code: 1, json: { error: { code: 'CONFLICT' } } });
      expect(readFileSync(join(mountPoint, 'album', 'picture'), 'utf8')).toBe('picture'.repeat(1000));
      const { job } = await daemon.json<{ job: { id: string } }>(
        ['file', 'copy', 'album', mountPoint, '--on-conflict', 'overwrite', '--no-wait'],
        { cwd: folder },
      );
      expect(await daemon.json(['job', 'info', job.id, '--wait'])).toMatchObject({ job: { status: 'completed' } });
      expect(readFileSync(join(mountPoint, 'album', 'picture'), 'utf8')).toBe('other');
    },
  );
});

describe('completion', () => {
  const shells = { bash: ['bash', '-n'], zsh: ['zsh', '-n'], fish: ['fish', '--no-execute'] } as const;

  it.each(['bash', 'zsh', 'fish'] as const)('the script for %s is one that it can read', async (shell) => {
    await using daemon = await makeTestDaemon();
    const { stdout } = await daemon.cli(['completion', shell]);
    const file = join(await makeTestDir('completion'), 'script');
    writeFileSync(file, stdout);
    const [program, flag] = shells[shell];
    const { status, stderr } = spawnSync(program, [flag, file], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('complete --');
  });

  it('offers commands, options, and the names of libraries and volumes', async () => {
    await using daemon = await makeTestDaemon();
    await daemon.json(['library', 'create', 'Photos']);
    const offered = async (...words: string[]) =>
      (await daemon.cli(['complete', '--', ...words])).stdout.split('\n').map((line) => line.split('\t')[0]);
    expect(await offered('vol')).toContain('volume');
    expect(await offered('volume', '')).toEqual(expect.arrayContaining(['list', 'track', 'eject']));
    expect(await offered('volume', 'track', '--')).toEqual(expect.arrayContaining(['--name', '--library']));
    expect(await offered('library', 'switch', 'Ph')).toContain('Photos');
    expect(await offered('volume', 'list', '--library', '')).toContain('Photos');
    expect((await offered('volume', 'info', '')).length).toBeGreaterThan(1);
    expect(await offered('ls', './')).toEqual([':0', '']);
  });
});

describe('the monitor', () => {
  it('shows volumes, jobs and events in a plain terminal, and q leaves it as it was', async () => {
    await using daemon = await makeTestDaemon();
    await daemon.json(['library', 'create', 'Seen']);
    using terminal = await openTerminal(daemon, ['monitor']);
    const screen = await terminal.until(/free of/);
    expect(screen).toMatch(/Mooring[\s\S]*Volumes[\s\S]*Locations[\s\S]*Jobs[\s\S]*Events[\s\S]*q quits/);
    await daemon.json(['library', 'rename', 'Renamed']);
    await terminal.until(/LibraryRenamed\s+Renamed/);
    terminal.press('q');
    expect((await terminal.until(/left with/)).trim()).toBe('left with 0');
  });
});

describe('bin/mooring.js', () => {
  const oldNode = ['/usr/bin/node', '/usr/local/bin/node'].find(
    (path) => existsSync(path) && /^v2[01]\./.test(execFileSync(path, ['--version'], { encoding: 'utf8' })),
  );

  it.runIf(oldNode)('runs itself with the bundled Node where the system’s is too old; exit codes and signals pass', async () => {
    await using daemon = await makeTestDaemon();
    const run = (...args: string[]) =>
      spawnSync(oldNode ?? '', [BIN, ...args], { encoding: 'utf8', env: { ...process.env, MOORING_DATA_DIR: daemon.dataDir } });
    expect(run('status', '--json')).toMatchObject({ status: 0, stderr: '' });
    expect(run('nothing', '--json')).toMatchObject({ status: 2 });
    expect(run('volume', 'info', 'absent', '--no-start')).toMatchObject({ status: 1, stdout: '' });
    expect(JSON.parse(run('system', 'info', '--json').stdout)).toMatchObject({ runtime: { node: expect.stringMatching(/^v?2[2-9]/) } });
  });
});
