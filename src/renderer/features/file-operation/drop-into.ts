import { lastName, parentPath } from '../../lib/entry-path.ts';
import { runAction } from '../action/run-action.ts';
import type { DropFolder } from './drag-store.ts';
import type { DropOperation } from './drop-operation.ts';
import { selectingMade } from './select-made.ts';
import { startTransfer } from './transfer-flow.ts';

/** Does what was said at the pointer with what was dropped on a folder. */
export function dropInto(sources: string[], { folder, name }: DropFolder, operation: DropOperation): void {
  if (operation === 'link') void makeLinks(sources, folder);
  else if (operation === 'copy' && sources.every((source) => parentPath(source) === folder.replace(/\/+$/, ''))) {
    void duplicate(sources);
  } else void startTransfer({ operation, sources, destination: folder, destinationName: name });
}

/** Copies each beside itself. */
export async function duplicate(sources: string[]): Promise<void> {
  const tellMade = selectingMade();
  tellMade(await runAction({ type: 'file.duplicate', sources }));
}

async function makeLinks(sources: string[], parent: string): Promise<void> {
  for (const target of sources) await runAction({ type: 'file.create-link', target, parent, name: lastName(target), kind: 'symbolic' });
}
