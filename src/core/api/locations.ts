import type { EngineServices } from '#core/engine.ts';
import { MooringError } from '#shared/contract/error.ts';
import { api } from './base.ts';

const missing = () => {
  throw new MooringError('NOT_SUPPORTED', 'Locations are not available.');
};

export const locationsRouter = (_services: EngineServices) => ({
  list: api.locations.list.handler(missing),
  get: api.locations.get.handler(missing),
  add: api.locations.add.handler(missing),
  update: api.locations.update.handler(missing),
  rescan: api.locations.rescan.handler(missing),
  pause: api.locations.pause.handler(missing),
  resume: api.locations.resume.handler(missing),
  remove: api.locations.remove.handler(missing),
});
