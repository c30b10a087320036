import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineClient } from '#shared/contract/contract.ts';
import { EngineProcess } from '#test/instruments/engine-process-client.ts';
import { fuseAbility } from '#test/instruments/host-abilities.ts';
import { FuseMount } from '#test/instruments/mounts.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const PATIENT = { timeout: 30_000 };

const missing = fuseAbility().reason;

describe.skipIf(missing !== null)(`a drive that does not answer while it is scanned (${missing ?? 'through FUSE'})`, () => {
  it('keeps nobody from ending Mooring, and the next start goes on with what it has on it', async () => {
    await using share = await FuseMount.create();
    for (let folder = 0; folder < 20; folder++) {
      mkdirSync(path.join(share.source, `${folder}`));
      writeFileSync(path.join(share.source, `${folder}`, 'file'), 'x');
    }
    const dataDir = await makeTestDir('engine');
    await using first = new EngineProcess('host', dataDir);
    const client = await first.connect();
    await client.libraries.create({ name: 'Home' });
    await client.volumes.track({ volume: share.mountPoint, writeMarker: true });
    const { location } = await client.locations.add({ path: share.mountPoint, watch: false });
    const state = async (from: EngineClient) => (await from.locations.get({ location: location.id })).scanState;
    await expect.poll(() => state(client), PATIENT).toBe('complete');
    share.hang();
    const { job } = await client.locations.rescan({ location: location.id, depth: 'full' });
    await expect.poll(async () => (await client.jobs.get({ id: job.id })).status, PATIENT).toBe('running');
    // How it ends is left to the kernel, which alone can end what the drive holds up.
    await first.end();
    expect(logOf(dataDir)).toContain('"msg":"Stopped"');
    share.resume();

    await using second = new EngineProcess('host', dataDir);
    const again = await second.connect();
    await expect.poll(async () => (await again.jobs.get({ id: job.id })).status, PATIENT).toBe('completed');
    expect(await again.locations.get({ location: location.id })).toMatchObject({ scanState: 'complete' });
  });
});

function logOf(dataDir: string): string {
  const folder = path.join(dataDir, 'logs');
  return readdirSync(folder)
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('');
}
