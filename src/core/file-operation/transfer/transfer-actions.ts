import type { ActionDefinition, ActionInput, Conclusion } from '#core/action/action-definition.ts';
import type { Job } from '#shared/contract/job.ts';
import { TransferJobInput } from './transfer-input.ts';
import { TransferOutput } from './transfer-state.ts';
import type { Transfers } from './transfers.ts';

type TransferAction = 'file.copy' | 'file.move' | 'file.duplicate';

/** What users do with copies and moves. */
export function transferActions(
  transfers: Transfers,
): [ActionDefinition<'file.copy'>, ActionDefinition<'file.move'>, ActionDefinition<'file.duplicate'>] {
  return [
    define('file.copy', transfers, (input) => TransferJobInput.parse({ ...input, kind: 'copy' })),
    define('file.move', transfers, (input) => TransferJobInput.parse({ ...input, kind: 'move' })),
    define('file.duplicate', transfers, ({ sources }) =>
      TransferJobInput.parse({ sources, kind: 'duplicate', destination: null, onConflict: 'rename' }),
    ),
  ];
}

function define<Type extends TransferAction>(
  type: Type,
  transfers: Transfers,
  toJob: (input: ActionInput<Type>) => TransferJobInput,
): ActionDefinition<Type> {
  return {
    type,
    preview: (input, signal) => transfers.preview(toJob(input), signal),
    execute: async (input, { id, library }) => ({ job: await transfers.start(toJob(input), id, library) }),
    conclude: (job) => ({ ...concluded(job), undo: transfers.undo.factsOf(job) }),
    previewUndo: (facts, signal) => transfers.undo.preview(facts, signal),
    undo: async (facts, { library }) => ({ job: await transfers.undo.start(facts, library) }),
  };
}

/** Null where it was never begun. */
function concluded({ output }: Job): Pick<Conclusion, 'result' | 'expected'> {
  const done = TransferOutput.safeParse(output);
  if (!done.success) return { result: null };
  const { expected, ...result } = done.data;
  return { result: { kind: 'transfer', ...result }, expected };
}
