import type { EngineServices } from '#core/engine.ts';
import { api } from './base.ts';

export const librariesRouter = ({ libraries, recorded }: EngineServices) => ({
  list: api.libraries.list.handler(async () => ({ items: await libraries.list(), nextCursor: null })),
  get: api.libraries.get.handler(({ input }) => libraries.get(input.library)),
  current: api.libraries.current.handler(() => (libraries.current ? libraries.info(libraries.current) : null)),
  create: api.libraries.create.handler(async ({ input: { name, description, path } }) =>
    libraries.info(await recorded.libraries.create({ name, description, parent: path })),
  ),
  open: api.libraries.open.handler(async ({ input: { library, takeOver } }) => libraries.info(await libraries.open(library, { takeOver }))),
  close: api.libraries.close.handler(({ input }) => libraries.close(input.library)),
  switch: api.libraries.switch.handler(async ({ input }) => libraries.info(await libraries.switch(input.library))),
  discover: api.libraries.discover.handler(async ({ input }) => ({ items: await libraries.discover(input.paths), nextCursor: null })),
  rename: api.libraries.rename.handler(async ({ input }) => libraries.info(await recorded.libraries.rename(input.library, input.name))),
  update: api.libraries.update.handler(async ({ input: { library, ...change } }) =>
    libraries.info(await recorded.libraries.update(library, change)),
  ),
  delete: api.libraries.delete.handler(async ({ input }) => ({
    ...(await recorded.libraries.delete(input.library)),
    trashed: true as const,
  })),
  statistics: api.libraries.statistics.handler(({ input }) => libraries.resolve(input.library).statistics()),
  backup: api.libraries.backup.handler(({ input }) => libraries.backUp(input.library, input.destination)),
  backups: api.libraries.backups.handler(async ({ input }) => ({ items: await libraries.backups(input.library), nextCursor: null })),
  restore: api.libraries.restore.handler(async ({ input }) =>
    libraries.info(await recorded.libraries.restore(input.library, input.backup)),
  ),
  optimize: api.libraries.optimize.handler(({ input }) => {
    const { problems, bytesBefore, bytesAfter } = libraries.resolve(input.library).optimize();
    return { integrity: problems.length === 0 ? ('ok' as const) : ('damaged' as const), problems, bytesBefore, bytesAfter };
  }),
});
