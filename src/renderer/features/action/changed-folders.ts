import { z } from 'zod';
import type { ActionRecord } from '../../../shared/contract/action.ts';
import { parentPath } from '../../lib/entry-path.ts';

const Transfer = z.object({ sources: z.array(z.string()), destination: z.string() });

/** The folders whose entries an action has changed, by the addresses in its record: those of lists that no index keeps up to date. */
export function changedFolders({ type, input, result }: ActionRecord): string[] {
  const parents = (paths: readonly (string | null | undefined)[]) =>
    paths.flatMap((path) => (path == null ? [] : [parentPath(path)])).filter((path) => path !== null);
  const transfer = Transfer.safeParse(input);
  const folders = transfer.success ? [transfer.data.destination, ...(type === 'file.move' ? parents(transfer.data.sources) : [])] : [];
  if (result?.kind === 'transfer') folders.push(...parents(result.created));
  if (result?.kind === 'changes') folders.push(...parents(result.changes.flatMap(({ from, to }) => [from, to])));
  return [...new Set(folders)];
}
