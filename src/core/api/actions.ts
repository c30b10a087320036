import type { EngineServices } from '#core/engine.ts';
import { api } from './base.ts';

/** Of a call that its transport cannot take back. */
const NEVER = new AbortController().signal;

export const actionsRouter = ({ actions }: EngineServices) => ({
  preview: api.actions.preview.handler(({ input, signal = NEVER }) => actions.preview(input.action, signal)),
  run: api.actions.run.handler(({ input }) => actions.run(input.action, input.library)),
  list: api.actions.list.handler(({ input }) => actions.list(input)),
  get: api.actions.get.handler(({ input }) => actions.get(input.id)),
  previewUndo: api.actions.previewUndo.handler(({ input, signal = NEVER }) => actions.previewUndo(input.id, signal)),
  undo: api.actions.undo.handler(({ input }) => actions.undo(input.id)),
});
