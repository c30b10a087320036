import type { Entry } from '../../../shared/contract/entry.ts';
import { MOST_DRAGGED } from '../../../shared/contract/shell.ts';
import { useShell } from '../../app/shell.ts';
import { useDrag } from './drag-store.ts';
import { isPlain } from './plain-address.ts';

/**
 * On the desktop the system itself carries what is dragged, as files, so that other programs can take it; where it is dropped in the page, it
 * is known by the store. Names that no other program could read, and what lies on a drive that is away, are dragged within the page alone.
 * @returns whether the system carries it
 */
export function startNativeDrag(entries: readonly Entry[]): boolean {
  const { client } = useShell.getState();
  if (!client || entries.length > MOST_DRAGGED || !entries.every(({ path }) => isPlain(path))) return false;
  client
    .startDrag({ paths: entries.map(({ path }) => path) })
    .catch((error: unknown) => console.error('The system did not take the drag.', error))
    .finally(() => useDrag.getState().end());
  return true;
}
