import { z } from 'zod';
import { PathInput } from '#shared/contract/entry.ts';
import { MOST_CHOSEN, TransferInput } from '#shared/contract/file.ts';

/** What the job takes. Addresses by volume where one is known, so that they hold wherever it is mounted when the job goes on. */
export const TransferJobInput = TransferInput.extend({
  kind: z.enum(['copy', 'move', 'duplicate']),
  sources: z.array(PathInput).min(1).max(MOST_CHOSEN),
  /** Of a duplicate: null, as each goes beside its source. */
  destination: PathInput.nullable(),
  /** By which its journal is named; left out, the job is started by its name and gets a new one. */
  action: z.uuid().nullable().default(null),
});
export type TransferJobInput = z.infer<typeof TransferJobInput>;
