import type { EngineServices } from '#core/engine.ts';
import { capabilitiesOf } from '#core/volume/capabilities.ts';
import { api } from './base.ts';

export const volumesRouter = ({ volumes, volumeOperations, recorded, addresses }: EngineServices) => ({
  list: api.volumes.list.handler(async ({ input }) => {
    await volumes.ensureFresh();
    return { items: volumes.list(input), nextCursor: null };
  }),
  get: api.volumes.get.handler(({ input }) => volumes.resolve(input.volume, input.library)),
  refresh: api.volumes.refresh.handler(async () => {
    await volumes.refresh();
    return { items: volumes.list(), nextCursor: null };
  }),
  track: api.volumes.track.handler(({ input: { volume, ...options } }) => recorded.volumes.track(volume, options)),
  untrack: api.volumes.untrack.handler(({ input: { volume, locations, library } }) =>
    recorded.volumes.untrack(volume, locations, { library }),
  ),
  update: api.volumes.update.handler(({ input: { volume, library, ...patch } }) => recorded.volumes.update(volume, patch, { library })),
  dismissPrompt: api.volumes.dismissPrompt.handler(({ input }) => volumes.tracker.dismissPrompt(input.volume, input.forever)),
  resolveIdentity: api.volumes.resolveIdentity.handler(({ input }) =>
    volumes.tracker.resolveIdentity(input.volume, input.same, input.library),
  ),
  mount: api.volumes.mount.handler(({ input }) => volumeOperations.mount(input.volume, input.library)),
  unmount: api.volumes.unmount.handler(({ input }) => volumeOperations.unmount(input.volume, input.library)),
  eject: api.volumes.eject.handler(({ input }) => volumeOperations.eject(input.volume, input.library)),
  speedTest: api.volumes.speedTest.handler(({ input, signal }) => volumeOperations.speedTest(input.volume, input.library, signal)),
  operations: api.volumes.operations.handler(({ input }) => volumeOperations.list(input)),
  forPath: api.volumes.forPath.handler(async ({ input }) => {
    await volumes.ensureFresh();
    const live = await volumes.forPath(addresses.toNativePath(input.path));
    return volumes.find(live.fingerprint);
  }),
  same: api.volumes.same.handler(async ({ input }) => {
    await volumes.ensureFresh();
    return { same: await volumes.same(addresses.toNativePath(input.a), addresses.toNativePath(input.b)) };
  }),
  withSpace: api.volumes.withSpace.handler(async ({ input }) => {
    await volumes.ensureFresh();
    return { items: volumes.withSpace(input.bytes), nextCursor: null };
  }),
  capabilities: api.volumes.capabilities.handler(async ({ input }) => capabilitiesOf(await volumes.resolve(input.volume, input.library))),
  statistics: api.volumes.statistics.handler(async () => {
    await volumes.ensureFresh();
    return volumes.statistics();
  }),
});
