import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { ChangedFolder } from '#core/indexing/index-task.ts';
import { FolderTreeWatch } from '#core/watching/folder-tree-watch.ts';
import { OverflowGuard } from '#core/watching/overflow-guard.ts';
import { WatchRunner } from '#core/watching/watch-runner.ts';
import { LocationRules } from '#shared/contract/location.ts';
import { indexFolders } from '#test/instruments/folder-index.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const run = promisify(execFile);

it('looks at everything again when the kernel’s queue of events was full', async () => {
  const dir = await makeTestDir('overflow');
  const root = join(dir, 'root');
  mkdirSync(join(root, 'busy'), { recursive: true });
  indexFolders(join(dir, 'database.db'), { root, locationId: 1 });
  const recovered = Promise.withResolvers<ChangedFolder>();
  const told: string[] = [];
  const guard = new OverflowGuard(() => void runner.recover());
  const rootFacts = { locationId: 1, path: root, mountPoint: '/', rules: LocationRules.parse({}), excluded: [] };
  const options = { root: rootFacts, databasePath: join(dir, 'database.db'), holdMs: 100, guard };
  const runner: WatchRunner = new WatchRunner({
    debounceMs: 10,
    makeWatch: (onEvent) => new FolderTreeWatch({ ...options, onEvent }),
    onWatching: () => undefined,
    onChanges: (folders) => {
      for (const folder of folders) {
        if (folder.recursive) recovered.resolve(folder);
        else told.push(String(folder.path));
      }
      runner.taken();
    },
    onLimited: recovered.reject,
    onLost: () => recovered.reject(new Error('lost')),
  });
  await runner.start();
  // In this thread, so that nobody empties the queue meanwhile.
  const queueLength = Number(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'utf8'));
  for (let file = 0; file <= queueLength; file++) writeFileSync(join(root, 'busy', String(file)), '');
  mkdirSync(join(root, 'busy/unnoticed'));
  expect(await recovered.promise).toEqual({ path: root, names: null, recursive: true });
  // The folder whose making was lost is watched all the same.
  await runner.settle();
  told.length = 0;
  writeFileSync(join(root, 'busy/unnoticed/file'), '');
  await runner.settle();
  expect(told).toEqual([join(root, 'busy/unnoticed')]);
  await runner.close();
  await rm(dir, { recursive: true, force: true });
});

it.skipIf(!canLimitWatches())('polls what it may not watch, says so once with the remedy, and watches the rest', async () => {
  const script = join(import.meta.dirname, 'limited-watch.ts');
  const { stdout } = await run('unshare', [
    '-Ur',
    'sh',
    '-c',
    'echo 50 > /proc/sys/user/max_inotify_watches; exec "$@"',
    'sh',
    process.execPath,
    script,
  ]);
  const outcome = JSON.parse(stdout) as { states: string[]; notices: string[]; isIndexed: boolean };
  expect(outcome.states).toEqual(['limited', 'watching']);
  expect(outcome.notices).toEqual([expect.stringMatching(/fs\.inotify\.max_user_watches=\d+/)]);
  expect(outcome.isIndexed).toBe(true);
});

/** In a user namespace of its own a process has limits of its own. */
function canLimitWatches(): boolean {
  try {
    execFileSync('unshare', ['-Ur', 'sh', '-c', 'echo 50 > /proc/sys/user/max_inotify_watches'], { stdio: 'ignore' });
    return true;
  } catch {
    // Not Linux, or the system does not allow such namespaces.
    return false;
  }
}
