import type { EngineServices } from '#core/engine.ts';
import { api } from './base.ts';

export const eventsRouter = ({ events, libraries }: EngineServices) => ({
  subscribe: api.events.subscribe.handler(({ input, signal }) => {
    const { types, library } = input;
    return events.subscribe({ ...(types ? { types } : {}), ...(library ? { libraryId: libraries.resolve(library).id } : {}) }, signal);
  }),
});
