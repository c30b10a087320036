import type { EngineServices } from '#core/engine.ts';
import { api } from './base.ts';

export const configRouter = ({ config }: EngineServices) => ({
  get: api.config.get.handler(() => config.current),
  update: api.config.update.handler(({ input }) => config.update(input)),
});
