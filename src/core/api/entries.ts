import type { EngineServices } from '#core/engine.ts';
import { api } from './base.ts';

export const entriesRouter = ({ entries }: EngineServices) => ({
  list: api.entries.list.handler(({ input }) => entries.list(input)),
  get: api.entries.get.handler(({ input }) => entries.get(input.path)),
});
