import type { ActionDefinition, ActionInput } from '#core/action/action-definition.ts';
import { TransferResult } from '#shared/contract/file.ts';
import type { Job } from '#shared/contract/job.ts';
import { TransferJobInput } from './transfer-input.ts';
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
    conclude: (job) => ({ result: resultOf(job), undo: transfers.undo.factsOf(job) }),
    previewUndo: (facts, signal) => transfers.undo.preview(facts, signal),
    undo: async (facts, { library }) => ({ job: await transfers.undo.start(facts, library) }),
  };
}

/** Null where it has not come to its end. */
function resultOf({ output }: Job) {
  const result = TransferResult.safeParse(output);
  return result.success ? { kind: 'transfer' as const, ...result.data } : null;
}
