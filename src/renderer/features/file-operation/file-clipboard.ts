import { create } from 'zustand';
import { useShell } from '../../app/shell.ts';
import { plainPath } from '../../lib/entry-path.ts';
import type { DropFolder } from './drag-store.ts';
import { dropInto } from './drop-into.ts';
import { isPlain } from './plain-address.ts';
import { startTransfer } from './transfer-flow.ts';

interface FileClipboard {
  /** Addresses; empty when no files were copied or cut here. */
  sources: readonly string[];
  isCut: boolean;
}

const EMPTY: FileClipboard = { sources: [], isCut: false };

/** Files that were copied or cut here. The system's clipboard has them, too, where the platform allows it. */
export const useFileClipboard = create<FileClipboard>(() => EMPTY);

/** Keeps files to be pasted, here and, on the desktop, in other programs. */
export function keepFiles(sources: readonly string[], isCut: boolean): void {
  if (sources.length === 0) return;
  useFileClipboard.setState({ sources, isCut });
  const paths = sources.map(plainPath);
  // What lies on a drive that is away, or has a name that no other program could read, stays among ourselves.
  const { client } = useShell.getState();
  if (client && sources.every(isPlain)) {
    client.writeFiles({ paths, isCut }).catch((error: unknown) => console.error('The system’s clipboard did not take the files.', error));
  }
}

function forgetFiles(): void {
  useFileClipboard.setState(EMPTY);
}

/** Puts into a folder what was copied or cut last, here or, on the desktop, in another program. */
export async function pasteFiles(target: DropFolder): Promise<void> {
  const { sources, isCut } = (await foreignFiles()) ?? useFileClipboard.getState();
  if (sources.length === 0) return;
  if (!isCut) return dropInto([...sources], target, 'copy');
  // What was cut is moved once.
  forgetFiles();
  await startTransfer({ operation: 'move', sources: [...sources], destination: target.folder, destinationName: target.name });
}

/** Makes links to what was copied. */
export async function pasteLinks(target: DropFolder): Promise<void> {
  const { sources } = (await foreignFiles()) ?? useFileClipboard.getState();
  dropInto([...sources], target, 'link');
}

/** What another program has put into the clipboard since; null when ours is the last word, or nobody can tell. */
async function foreignFiles(): Promise<FileClipboard | null> {
  const { client } = useShell.getState();
  const found = await client?.readFiles().catch(() => null);
  if (!found || found.paths.length === 0) return null;
  const own = useFileClipboard.getState().sources.map(plainPath);
  const isOurs = own.length === found.paths.length && own.every((path, index) => path === found.paths[index]);
  return isOurs ? null : { sources: found.paths, isCut: found.isCut };
}
