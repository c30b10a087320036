import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActionPreview, ActionRecord } from '#shared/contract/action.ts';
import type { TransferReportLine, TrashedItem } from '#shared/contract/file.ts';
import type { Job } from '#shared/contract/job.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { openTerminal } from '#test/instruments/terminal.ts';
import { makeTestDaemon, type TestDaemon } from '#test/instruments/test-daemon.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

interface Started {
  action: ActionRecord;
  job: Job | null;
}

/** On a drive of its own, whose trash nobody else uses. */
describe.runIf(loopMountAbility().allows)('files on the command line', () => {
  let image: DiskImage;
  let daemon: TestDaemon;
  let root: string;
  /** Anew for each test. */
  let cwd: string;

  beforeAll(async () => {
    image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 64, label: 'DESK' });
    root = await image.mount();
    daemon = await makeTestDaemon();
    await daemon.json(['library', 'create', 'Home']);
  });
  afterAll(async () => {
    await daemon[Symbol.asyncDispose]();
    await image[Symbol.asyncDispose]();
  });
  beforeEach(async ({ task }) => {
    cwd = join(root, task.id);
    mkdirSync(join(cwd, 'to'), { recursive: true });
    for (const name of ['one.txt', 'two.txt']) writeFileSync(join(cwd, name), name);
  });

  const run = (...args: string[]) => daemon.json<Started>(['file', ...args], { cwd });
  const say = async (...args: string[]) => (await daemon.cli(args, { cwd })).stdout;
  const names = (folder = '.') => readdirSync(join(cwd, folder)).sort();

  it('are copied and moved, and undone by the id of the action or as the last', async () => {
    const { action, job } = await run('copy', 'one.txt', 'two.txt', 'to', '--verify', 'hash');
    expect(action).toMatchObject({ type: 'file.copy', status: 'completed', jobId: job?.id, result: { filesCopied: 2, verified: 2 } });
    expect(names('to')).toEqual(['one.txt', 'two.txt']);
    await run('move', 'one.txt', 'to', '--on-conflict', 'rename');
    expect([names(), names('to')]).toEqual([
      ['to', 'two.txt'],
      ['one (2).txt', 'one.txt', 'two.txt'],
    ]);
    expect(await daemon.json<ActionPreview>(['action', 'undo', '--last', '--dry-run'])).toMatchObject({ conflictCount: 0 });
    await daemon.json(['action', 'undo', '--last']);
    const undone = await daemon.json<Started>(['action', 'undo', action.id]);
    expect(undone.action).toMatchObject({ type: 'undo', undoes: action.id, status: 'completed' });
    expect([names(), names('to')]).toEqual([['one.txt', 'to', 'two.txt'], []]);
    expect(await daemon.cli(['action', 'undo', action.id, '--json'])).toMatchObject({ code: 1, json: { error: { code: 'UNDO_REFUSED' } } });
  });

  it('are reported with their checksums, also as CSV', async () => {
    const { job } = await run('copy', 'one.txt', 'to', '--verify', 'hash');
    const { items } = await daemon.json<{ items: TransferReportLine[] }>(['file', 'report', job?.id ?? '']);
    expect(items).toMatchObject([{ bytes: 7, state: 'verified', digest: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    const csv = (await say('file', 'report', job?.id ?? '', '--csv')).split('\r\n');
    expect(csv).toEqual(['source,target,bytes,digest,state', expect.stringContaining(`,7,${items[0]?.digest},verified`), '']);
  });

  it('that would collide are left alone, and a program is told how to answer', async () => {
    writeFileSync(join(cwd, 'to', 'one.txt'), 'present');
    const refused = await daemon.cli(['file', 'copy', 'one.txt', 'to'], { cwd });
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('--on-conflict') });
    expect(await daemon.cli(['file', 'copy', 'one.txt', 'to', '--json'], { cwd })).toMatchObject({
      code: 1,
      json: { error: { code: 'CONFLICT', details: { conflictCount: 1 } } },
    });
    expect(readFileSync(join(cwd, 'to', 'one.txt'), 'utf8')).toBe('present');
    const plan = await say('file', 'copy', 'one.txt', 'to', '--dry-run');
    expect(plan).toContain(`${join(cwd, 'to', 'one.txt')} (7 B, `);
    await run('copy', 'one.txt', 'to', '--on-conflict', 'skip');
    expect(readFileSync(join(cwd, 'to', 'one.txt'), 'utf8')).toBe('present');
  });

  it('are asked about one by one at a terminal', async () => {
    for (const name of names().filter((file) => file.endsWith('.txt'))) writeFileSync(join(cwd, 'to', name), `old ${name}`);
    using terminal = await openTerminal(daemon, ['file', 'copy', 'one.txt', 'two.txt', 'to'], cwd);
    await terminal.until(/1 of 2:\n {2}is there[\s\S]*would be[\s\S]*\[c\]ancel\?/);
    terminal.press('o', 'Enter');
    await terminal.until(/2 of 2:[\s\S]*\[c\]ancel\?/);
    terminal.press('k', 'Enter');
    await terminal.until(/left with 0/);
    const contents = names('to').map((name) => [name, readFileSync(join(cwd, 'to', name), 'utf8')]);
    expect(contents.map(([name]) => name)).toEqual(expect.arrayContaining(['one.txt', 'two.txt']));
    expect(contents).toHaveLength(3);
    const overwritten = contents.filter(([, text]) => text?.startsWith('old'));
    expect(overwritten, 'one was overwritten, the other kept beside the new one').toHaveLength(1);
  });

  it('stay as they are when the answer at a terminal is to cancel', async () => {
    writeFileSync(join(cwd, 'to', 'one.txt'), 'present');
    using terminal = await openTerminal(daemon, ['file', 'copy', 'one.txt', 'two.txt', 'to'], cwd);
    await terminal.until(/1 of 1:[\s\S]*\[c\]ancel\?/);
    terminal.press('C-c');
    await terminal.until(/Nothing was changed[\s\S]*left with 1/);
    expect(names('to')).toEqual(['one.txt']);
  });

  it('are named, made and linked; what was done is found by its words', async () => {
    await run('rename', 'one.txt', 'uno.txt');
    await run('mkdir', 'new folder/');
    await run('touch', 'new folder/empty');
    await run('link', 'uno.txt', 'link');
    await run('link', 'uno.txt', 'further', '--hard');
    expect(names()).toEqual(['further', 'link', 'new folder', 'to', 'two.txt', 'uno.txt']);
    await run('rename-many', 'uno.txt', 'two.txt', '--template', 'Rome {n:3}.{ext}');
    expect(names()).toContain('Rome 002.txt');
    expect(await say('action', 'list', 'new', 'FOLDER', 'create-folder')).toMatch(
      /^Action[^\n]*\n[^\n]*Make the folder new folder in [^\n]*\n$/,
    );
    expect(await say('action', 'list', 'nothing', 'of', 'this')).toBe('No such action.\n');
  });

  it('are thrown away, listed, and restored by where they were', async () => {
    await run('trash', 'one.txt', 'two.txt');
    expect(names()).toEqual(['to']);
    const { items } = await daemon.json<{ items: TrashedItem[] }>(['file', 'trashed']);
    expect(items.filter(({ path }) => path.includes('one.txt') || path.includes('two.txt')).length).toBeGreaterThanOrEqual(2);
    expect(await say('file', 'trashed')).toContain(join(cwd, 'two.txt'));
    await run('restore', 'one.txt', join(cwd, 'two.txt'));
    expect(names()).toEqual(['one.txt', 'to', 'two.txt']);
    expect(await daemon.cli(['file', 'restore', 'one.txt', '--json'], { cwd })).toMatchObject({
      json: { error: { code: 'PATH_NOT_FOUND' } },
    });
  });

  it('are deleted for good only when somebody says so', async () => {
    expect(await daemon.cli(['file', 'delete', 'one.txt'], { cwd })).toMatchObject({ code: 1, stderr: expect.stringContaining('--yes') });
    expect(existsSync(join(cwd, 'one.txt'))).toBe(true);
    const { action } = await run('delete', 'one.txt', '--yes');
    expect(action).toMatchObject({ status: 'completed', undo: { state: 'impossible' } });
    using terminal = await openTerminal(daemon, ['file', 'delete', 'two.txt'], cwd);
    await terminal.until(/Delete 1 file, 0 folders, 7 B for good\? This cannot be undone\. \[y\/N\]/);
    terminal.press('n', 'Enter');
    await terminal.until(/left with 1/);
    expect(names()).toEqual(['to', 'two.txt']);
  });

  it('wait for a drive that is not there, and are copied when it is', async () => {
    await using stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16, label: 'AWAY' });
    const away = await stick.mount(join(await makeTestDir('mount'), 'away'));
    const { fingerprint } = await daemon.json<{ fingerprint: string }>(['volume', 'track', away]);
    await stick.unmount();
    await daemon.json(['volume', 'list']);
    const target = `sd://volume/${fingerprint}/`;
    const { job } = await run('copy', 'one.txt', target, '--no-wait');
    expect(await say('job', 'info', job?.id ?? '')).toMatch(
      /What +Copy .*one\.txt to AWAY \(offline\): \/[\s\S]*as soon as its drive is plugged in/,
    );
    await stick.mount(away);
    await daemon.json(['job', 'info', job?.id ?? '', '--wait']);
    expect(readFileSync(join(away, 'one.txt'), 'utf8')).toBe('one.txt');
  });
});
