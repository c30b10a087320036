import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineClient } from '#shared/contract/contract.ts';
import type { Job } from '#shared/contract/job.ts';
import { EngineProcess } from '#test/instruments/engine-process-client.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { seededRandom } from '#test/instruments/seeded-random.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { brokenPromises, type CampaignTree, look, lossesIn, makeCampaignTree, type Policy, pick } from './campaign-tree.ts';
import { treeOf } from './transfer-world.ts';

const missing = loopMountAbility().reason;
const RUNS = Number(process.env.MOORING_TEST_RUNS ?? 8);
const SEED = Number(process.env.MOORING_TEST_SEED ?? 1);
const FAULTS = ['kill', 'unplug target', 'unplug source', 'full', 'EIO', 'changing', 'kill twice', 'none'] as const;
const POLICIES: readonly Policy[] = ['skip', 'overwrite', 'newer', 'rename'];

/** One engine after the other in one data folder, with real drives. */
class Campaign {
  readonly #dataDir: string;
  engine: EngineProcess;
  client: EngineClient | null = null;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
    this.engine = new EngineProcess('host', dataDir);
  }

  async connect(): Promise<EngineClient> {
    this.client ??= await this.engine.connect();
    return this.client;
  }

  async kill(): Promise<void> {
    await this.engine.kill();
    this.client = null;
  }

  async restart(): Promise<EngineClient> {
    this.engine = new EngineProcess('host', this.#dataDir);
    return this.connect();
  }
}

async function waitFor(client: EngineClient, id: string, isReached: (job: Job) => boolean): Promise<Job> {
  for (;;) {
    const job = await client.jobs.get({ id });
    if (isReached(job) || ['completed', 'failed', 'cancelled'].includes(job.status)) return job;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const hasEnded = ({ status }: Job) => ['completed', 'failed', 'cancelled'].includes(status);

describe.skipIf(missing !== null)(`transfers whatever happens (${missing ?? `${RUNS} runs from seed ${SEED}`})`, () => {
  let campaign: Campaign;
  let dataDir: string;
  let drives: { source: DiskImage; target: DiskImage };

  beforeAll(async () => {
    dataDir = await makeTestDir('campaign');
    const source = await createDiskImage({ fileSystem: 'ext4', sizeMb: 300, label: 'from' });
    const target = await createDiskImage({ fileSystem: SEED % 2 ? 'ext4' : 'xfs', sizeMb: 300, label: 'to' });
    drives = { source, target };
    await source.mount();
    await target.mount();
    campaign = new Campaign(dataDir);
    const client = await campaign.connect();
    const library = await client.libraries.create({ name: 'Campaign' });
    for (const image of [source, target]) await client.volumes.track({ volume: image.mountPoint ?? '', library: library.id });
  }, 60_000);

  afterAll(async () => {
    await campaign?.kill();
    await drives?.source.dispose();
    await drives?.target.dispose();
    rmSync(dataDir, { recursive: true, force: true });
  });

  for (let run = 0; run < RUNS; run++) {
    const random = seededRandom(SEED * 1000 + run);
    const fault = FAULTS[run % FAULTS.length] ?? 'none';
    const kind = pick(['copy', 'move'] as const, random);
    const policy = pick(POLICIES, random);
    const isWithin = fault !== 'unplug source' && random() < 0.2;
    it(`${run}: ${kind}, ${policy}, ${fault}${isWithin ? ', within a drive' : ''}`, { timeout: 90_000 }, () =>
      oneRun({ run, random, fault, kind, policy, isWithin }),
    );
  }

  interface Run {
    run: number;
    random: () => number;
    fault: (typeof FAULTS)[number];
    kind: 'copy' | 'move';
    policy: Policy;
    isWithin: boolean;
  }

  const sourceOf = ({ run }: Run) => path.join(drives.source.mountPoint ?? '', `run ${run}`, 'tree');
  const targetOf = ({ run, isWithin }: Run) =>
    path.join((isWithin ? drives.source : drives.target).mountPoint ?? '', isWithin ? `into ${run}` : `run ${run}`);

  async function oneRun(run: Run): Promise<void> {
    const { random, kind, policy, fault } = run;
    mkdirSync(path.join(targetOf(run), 'tree'), { recursive: true });
    const tree = makeCampaignTree(sourceOf(run), path.join(targetOf(run), 'tree'), random);
    const wins = winners(tree, run);
    const changing = fault === 'changing' ? pick([...tree.sources.keys()], random) : null;
    const broken =
      fault === 'EIO'
        ? pick(
            [...tree.sources.keys()].filter((name) => !name.includes('another')),
            random,
          )
        : null;
    if (broken !== null) execFileSync('mount', ['--bind', `/proc/${process.pid}/mem`, path.join(sourceOf(run), broken)]);
    try {
      const client = await campaign.connect();
      const action = {
        ...{ type: `file.${kind}` as const, sources: [sourceOf(run)], destination: targetOf(run), onConflict: policy },
        ...{ bytesPerSecond: 30_000_000, verify: 'hash' as const },
      };
      const started = await client.actions.run({ action });
      const id = started.job?.id ?? '';
      const stopChanging = changing === null ? () => undefined : change(path.join(sourceOf(run), changing));
      await waitFor(client, id, ({ progress }) => progress.bytesDone >= random() * tree.bytes * 0.9);
      await strike(run, tree, id, changing);
      const job = await waitFor(await campaign.connect(), id, hasEnded);
      stopChanging();
      expect(job.error).toBeNull();
      expect(job.status).toBe('completed');
      if (broken === null && changing === null) expect(job.problems).toEqual([]);
    } finally {
      if (broken !== null) unmount([path.join(sourceOf(run), broken), path.join(targetOf(run), 'tree', broken)]);
    }
    const [source, target] = [look(sourceOf(run)), look(path.join(targetOf(run), 'tree'))];
    expect(lossesIn(tree, source, target, policy, changing)).toEqual([]);
    const except = new Set([changing, broken].flatMap((name) => (name === null ? [] : [name, ...twinsOf(tree, name)])));
    expect(brokenPromises(tree, source, target, { kind, policy, except, isPlaced: (name) => wins.has(name) })).toEqual([]);
    if (changing !== null && !source.files.has(changing)) expect(target.files.size).toBeGreaterThan(0);
    rmSync(path.dirname(sourceOf(run)), { recursive: true });
    rmSync(targetOf(run), { recursive: true });
  }

  /** A folder that is renamed takes along what is mounted in it. */
  function unmount([place, ...others]: string[]): void {
    if (place === undefined) throw new Error('It is mounted at none of these places');
    const isThere = spawnSync('umount', [place]).status === 0;
    if (!isThere) unmount(others);
  }

  /** Names of which the source is to be in the target in the end. */
  function winners(tree: CampaignTree, run: Run): Set<string> {
    const isNewer = (name: string) => {
      const [from, to] = [statSync(path.join(sourceOf(run), name)), statSync(path.join(targetOf(run), 'tree', name))];
      return from.mtimeMs > to.mtimeMs;
    };
    const wins = (name: string) => !tree.targets.has(name) || (run.policy === 'newer' ? isNewer(name) : run.policy !== 'skip');
    return new Set([...tree.sources.keys()].filter(wins));
  }

  async function strike(run: Run, tree: CampaignTree, id: string, changing: string | null): Promise<void> {
    const check = () =>
      expect(lossesIn(tree, look(sourceOf(run)), look(path.join(targetOf(run), 'tree')), run.policy, changing)).toEqual([]);
    if (run.fault === 'kill' || run.fault === 'kill twice') {
      await campaign.kill();
      check();
      const client = await campaign.restart();
      if (run.fault === 'kill') return;
      const { progress } = await client.jobs.get({ id });
      await waitFor(client, id, (job) => job.progress.bytesDone > progress.bytesDone + 2_000_000);
      await campaign.kill();
      check();
      await campaign.restart();
    }
    if (run.fault === 'unplug target' || run.fault === 'unplug source') {
      const image = run.fault === 'unplug target' && !run.isWithin ? drives.target : drives.source;
      await image.unplug();
      const client = await campaign.connect();
      await waitFor(client, id, ({ status }) => status === 'paused');
      await isLetGo(image);
      await image.mount(await makeTestDir('elsewhere'));
      check();
    }
    if (run.fault === 'full') await fillUp(run, id, check);
  }

  /** Another mount of an image that is still in use would destroy it. */
  async function isLetGo(image: DiskImage): Promise<void> {
    while (execFileSync('losetup', ['-j', image.path], { encoding: 'utf8' }) !== '')
      await new Promise((resolve) => setTimeout(resolve, 10));
  }

  async function fillUp(run: Run, id: string, check: () => void): Promise<void> {
    const filler = path.join(targetOf(run), '..', 'filler');
    const client = await campaign.connect();
    execFileSync('bash', ['-c', 'fallocate -l 1T "$1" 2>/dev/null; head -c 1G /dev/zero > "$1" 2>/dev/null; true', 'bash', filler]);
    await waitFor(client, id, ({ status }) => status === 'paused');
    check();
    rmSync(filler);
    const job = await client.jobs.get({ id });
    if (job.status === 'paused') await client.jobs.resume({ id }).catch(() => undefined);
  }

  /** Something is appended to it again and again. */
  function change(file: string): () => void {
    const timer = setInterval(() => {
      if (existsSync(file)) appendFileSync(file, 'more');
    }, 3);
    return () => clearInterval(timer);
  }

  function twinsOf(tree: CampaignTree, name: string): string[] {
    const digest = tree.sources.get(name);
    return [...tree.sources].filter(([, other]) => other === digest).map(([other]) => other);
  }

  it.each(['copy', 'move'] as const)('killed while it takes a %s back, it goes on with that', { timeout: 90_000 }, async (kind) => {
    const run = {
      run: RUNS + (kind === 'copy' ? 0 : 1),
      random: seededRandom(SEED),
      fault: 'kill' as const,
      kind,
      policy: 'skip' as const,
      isWithin: false,
    };
    const [from, to] = [sourceOf(run), targetOf(run)];
    mkdirSync(path.join(to, 'tree', 'of before'), { recursive: true });
    makeCampaignTree(from, path.join(to, 'tree'), () => run.random() * 0.7 + 0.3);
    for (let index = 0; index < 1500; index++) writeFileSync(path.join(from, 'b', `many ${index}`), `${index}`);
    const before = [treeOf(from), treeOf(to)];
    const client = await campaign.connect();
    const done = await client.actions.run({ action: { type: `file.${kind}`, sources: [from], destination: to } });
    expect(await waitFor(client, done.job?.id ?? '', hasEnded)).toMatchObject({ status: 'completed', problems: [] });
    const many = () => (existsSync(path.join(to, 'tree', 'b')) ? readdirSync(path.join(to, 'tree', 'b')).length : 0);
    const copied = many();
    const undoing = await client.actions.undo({ id: done.action.id });
    while (many() === copied) await new Promise(setImmediate);
    await campaign.kill();
    const left = treeOf(to).entries.split('\0').length - (before[1]?.entries.split('\0').length ?? 0);
    console.info(`killed with ${left} entries still to be taken back`);
    const ended = await waitFor(await campaign.restart(), undoing.job?.id ?? '', hasEnded);
    expect(ended).toMatchObject({ status: 'completed', problems: [] });
    expect([treeOf(from), treeOf(to)]).toEqual(before);
    expect(await (await campaign.connect()).actions.get({ id: done.action.id })).toMatchObject({ undo: { state: 'undone' } });
    rmSync(path.dirname(from), { recursive: true });
    rmSync(to, { recursive: true });
  });

  it('leaves no journal open', () => {
    const journals = execFileSync('find', [dataDir, '-name', '*.open'], { encoding: 'utf8' });
    expect(journals).toBe('');
    expect(readdirSync(drives.target.mountPoint ?? '').filter((name) => name.startsWith('.mooring'))).toEqual([]);
  });
});
