import type { EngineServices } from '#core/engine.ts';
import { shortInput } from '#shared/short-input.ts';
import { api } from './base.ts';

/** Of a call that its transport cannot take back. */
const NEVER = new AbortController().signal;

/** Whoever has named so many files does not need them back. */
const withShortInput = <Named extends { input: Record<string, unknown> }>(named: Named): Named => ({
  ...named,
  input: shortInput(named.input, MOST_TOLD_BACK),
});
const MOST_TOLD_BACK = 1000;

export const actionsRouter = ({ actions }: EngineServices) => ({
  preview: api.actions.preview.handler(({ input, signal = NEVER }) => actions.preview(input.action, signal)),
  handOver: api.actions.handOver.handler(({ input }) => actions.handOver(input.sources, input.to)),
  run: api.actions.run.handler(async ({ input }) => {
    const { action, job } = await actions.run(input.action, input.library);
    return { action: withShortInput(action), job: job && withShortInput(job) };
  }),
  list: api.actions.list.handler(({ input }) => actions.list(input)),
  get: api.actions.get.handler(({ input }) => actions.get(input.id)),
  previewUndo: api.actions.previewUndo.handler(({ input, signal = NEVER }) => actions.previewUndo(input.id, signal)),
  undo: api.actions.undo.handler(({ input }) => actions.undo(input.id)),
});
