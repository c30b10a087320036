import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '#shared/contract/job.ts';
import type { Location } from '#shared/contract/location.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { openTerminal } from '#test/instruments/terminal.ts';
import { makeTestDaemon, type TestDaemon } from '#test/instruments/test-daemon.ts';

describe.runIf(loopMountAbility().allows)('locations on a terminal', () => {
  let image: DiskImage;
  let daemon: TestDaemon;
  let mountPoint: string;
  let location: Location;

  beforeAll(async () => {
    image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16, label: 'DESK' });
    mountPoint = await image.mount();
    daemon = await makeTestDaemon();
    await daemon.json(['library', 'create', 'Home']);
    mkdirSync(join(mountPoint, 'papers', 'inner'), { recursive: true });
    writeFileSync(join(mountPoint, 'papers', 'letter'), 'x'.repeat(100));
    const args = ['location', 'add', join(mountPoint, 'papers'), '--no-watch', '--wait'];
    location = (await daemon.json<{ location: Location }>(args)).location;
  });
  afterAll(async () => {
    await daemon[Symbol.asyncDispose]();
    await image[Symbol.asyncDispose]();
  });

  it('shells complete locations, jobs, statuses, kinds and rules', async () => {
    const offered = async (...words: string[]) =>
      (await daemon.cli(['complete', '--', ...words])).stdout.split('\n').map((line) => line.split('\t')[0]);
    const { items } = await daemon.json<{ items: Job[] }>(['job', 'list']);
    expect(await offered('location', '')).toEqual(expect.arrayContaining(['add', 'list', 'rescan', 'remove']));
    expect(await offered('location', 'info', '')).toContain('papers');
    expect(await offered('location', 'info', 'pa')).toContain('papers');
    expect(await offered('index', 'location', '')).toContain('papers');
    expect(await offered('location', 'add', '.', '--rule', 'skip-h')).toEqual(['skip-hidden', ':4', '']);
    expect(await offered('location', 'add', '.', '--mode', '')).toEqual(expect.arrayContaining(['shallow', 'content', 'deep']));
    expect(await offered('job', 'info', '')).toContain(items[0]?.id);
    expect(await offered('job', 'retry', '')).toContain(items[0]?.id);
    expect(await offered('job', 'resume', '')).not.toContain(items[0]?.id);
    expect(await offered('job', 'list', '--status', 'p')).toContain('paused');
    expect(await offered('job', 'run', '')).toContain('location-scan');
    for (const words of [
      ['scan', ''],
      ['tree', './'],
      ['location', 'add', ''],
      ['index', 'browse', './'],
      ['location', 'info', './'],
    ]) {
      expect(await offered(...words), words.join(' ')).toEqual([':0', '']);
    }
  });

  it('a location in another one is added when the person says so', async () => {
    using refused = await openTerminal(daemon, ['location', 'add', 'papers/inner'], mountPoint);
    await refused.until(/Add it all the same\? \[y\/N\]/);
    refused.press('Enter');
    await refused.until(/Nothing was changed\.\s+left with 1/);
    using agreed = await openTerminal(daemon, ['location', 'add', 'papers/inner', '--no-watch', '--wait'], mountPoint);
    await agreed.until(/\[y\/N\]/);
    agreed.press('y', 'Enter');
    await agreed.until(/inner: 0 files[\s\S]*left with 0/);
  });

  it('a location is forgotten when the person says so, and its files stay', async () => {
    using refused = await openTerminal(daemon, ['location', 'remove', 'inner']);
    await refused.until(/Forget “inner” and what is known of it[\s\S]*files stay where they are\. \[y\/N\]/);
    refused.press('C-d');
    await refused.until(/Nothing was changed\s*\.\s+left with 1/);
    using agreed = await openTerminal(daemon, ['location', 'remove', 'inner']);
    await agreed.until(/\[y\/N\]/);
    agreed.press('y', 'Enter');
    await agreed.until(/inner is no location any more\. Its files are untouched\.\s+left with 0/);
    expect(existsSync(join(mountPoint, 'papers', 'inner'))).toBe(true);
  });

  it('the monitors show locations, and jobs that wait with what they wait for; one is cancelled by a key', async () => {
    using everything = await openTerminal(daemon, ['monitor']);
    await everything.until(/papers +not watched +1 file, 100 B/);
    await image.unmount();
    await everything.until(/papers +offline/);
    const input = JSON.stringify({ locationId: location.id });
    const { job } = await daemon.json<{ job: Job }>(['job', 'run', 'location-scan', '--input', input]);
    await everything.until(/location-scan.*paused +until its drive is back/);
    everything.press('q');
    await everything.until(/^left with 0/);

    using jobs = await openTerminal(daemon, ['job', 'monitor']);
    await jobs.until(/Now\s+› location-scan.*paused +until its drive is back[\s\S]*Goes on: By itself, as soon as its drive/);
    jobs.press('r');
    await jobs.until(/not connected/);
    jobs.press('c');
    await jobs.until(/Now\s+nothing\s+Before[\s\S]*location-scan.*cancelled/);
    jobs.press('q');
    await jobs.until(/^left with 0/);
    expect(await daemon.json(['job', 'info', job.id])).toMatchObject({ status: 'cancelled' });
  });

  it('the monitor of one job ends with it', async () => {
    const input = JSON.stringify({ locationId: location.id, depth: 'full' });
    const { job } = await daemon.json<{ job: Job }>(['job', 'run', 'location-scan', '--input', input]);
    using terminal = await openTerminal(daemon, ['job', 'monitor', '--job-id', job.id]);
    await terminal.until(/› location-scan.*paused/);
    mountPoint = await image.mount();
    await terminal.until(/Done: [\s\S]*left with 0/);
  });

  it('Ctrl+C while waiting leaves the job alone', async () => {
    await image.unmount();
    const input = JSON.stringify({ locationId: location.id });
    const { job } = await daemon.json<{ job: Job }>(['job', 'run', 'location-scan', '--input', input]);
    using terminal = await openTerminal(daemon, ['job', 'info', job.id, '--wait']);
    await terminal.until(/Paused until its drive is back\. Ctrl\+C stops waiting\./);
    terminal.press('C-c');
    await terminal.until(/The job goes on in the background[\s\S]*left with 0/);
    expect(await daemon.json(['job', 'info', job.id])).toMatchObject({ status: 'paused' });
  });
});
