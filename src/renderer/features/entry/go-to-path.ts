import type { Entry } from '../../../shared/contract/entry.ts';
import { toMooringError } from '../../../shared/contract/error.ts';
import { engine } from '../../app/engine.ts';
import { navigate } from '../../app/navigation.ts';
import { parentPath, pathBelow } from '../../lib/entry-path.ts';
import type { Route } from '../../lib/route.ts';
import { activatePane } from '../workspace/workspace.ts';
import { changeWorkspace } from '../workspace/workspace-store.ts';
import type { BrowserPlace } from './browser-place.ts';
import { reveal } from './reveal-store.ts';

/**
 * Goes to a folder, or to the folder that holds a file, with that one selected.
 *
 * @param path address or plain path
 * @param place the one that is open: what lies in it is shown in it
 * @throws MooringError that says what is wrong with the path
 */
export async function goToPath(path: string, place: BrowserPlace, paneId: string): Promise<void> {
  const entry = await engine.entries.get({ path });
  const isFolder = entry.kind === 'folder' || (entry.kind === 'symlink' && (await isFolderLink(entry)));
  const folder = isFolder ? entry.path : parentPath(entry.path);
  changeWorkspace((workspace) => activatePane(workspace, paneId));
  if (!isFolder) reveal(entry.path);
  navigate(routeTo(folder ?? entry.path, entry, place));
}

function routeTo(folder: string, { volumeFingerprint }: Entry, place: BrowserPlace): Route {
  if (pathBelow(place.root, folder) !== null || volumeFingerprint === null) return place.routeTo(folder);
  return { page: 'volume', fingerprint: volumeFingerprint, section: 'files', path: folder };
}

async function isFolderLink(link: Entry): Promise<boolean> {
  return engine.entries.list({ path: link.path, limit: 1 }).then(
    () => true,
    (error: unknown) => toMooringError(error).code !== 'NOT_A_FOLDER',
  );
}
