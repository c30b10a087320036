/** What is done to the files that are chosen in the list on screen, from wherever it is asked: a key, a menu, the system's menu bar. */
import type { Entry } from '../../../shared/contract/entry.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { runAction } from '../action/run-action.ts';
import { dropInto, duplicate } from './drop-into.ts';
import { keepFiles, pasteFiles, pasteLinks } from './file-clipboard.ts';
import { scopeBeside, useFileScope } from './file-scope.ts';
import { startRenaming } from './rename-store.ts';

const chosen = () => useFileScope.getState().chosen();
const chosenPaths = () => useFileScope.getState().chosenPaths();

export function selectAll(): void {
  useFileScope.getState().selectAll();
}

export function copyChosen(): void {
  keepFiles(chosenPaths(), false);
}

export function cutChosen(): void {
  keepFiles(chosenPaths(), true);
}

export function paste(): void {
  const folder = useFileScope.getState().folder();
  if (folder) void pasteFiles(folder);
}

export function pasteAsLink(): void {
  const folder = useFileScope.getState().folder();
  if (folder) void pasteLinks(folder);
}

/** One in its place, several by a rule. */
export function renameChosen(): void {
  const entries = chosen();
  const [first] = entries;
  if (first && entries.length === 1) startRenaming(first.path);
  else if (first) showDialog({ kind: 'rename-many', sources: entries.map(({ path }) => path) });
}

export function duplicateChosen(): void {
  const sources = chosenPaths();
  if (sources.length > 0) void duplicate(sources);
}

export function trashChosen(): void {
  const sources = chosenPaths();
  if (sources.length > 0) void runAction({ type: 'file.trash', sources });
}

export function deleteChosen(): void {
  const sources = chosenPaths();
  if (sources.length > 0) showDialog({ kind: 'delete-files', sources });
}

export function copyChosenTo(operation: 'copy' | 'move'): void {
  const sources = chosenPaths();
  if (sources.length > 0) showDialog({ kind: 'copy-to', operation, sources });
}

/** Copies or moves into the folder that is open in the other pane. */
export function sendChosenBeside(operation: 'copy' | 'move'): void {
  const target = scopeBeside()?.folder();
  const sources = chosenPaths();
  if (target && sources.length > 0) dropInto(sources, target, operation);
}

/** Asks for the name of something new in the open folder. */
export function makeNew(what: 'folder' | 'file'): void {
  const { folder, names } = useFileScope.getState();
  const parent = folder();
  if (parent) showDialog({ kind: 'create-entry', what, parent: parent.folder, place: parent.name, taken: names() });
}

/** Asks for the name of a link in the open folder; where none is open, beside what it leads to. */
export function linkTo(entry: Entry): void {
  const { folder, names } = useFileScope.getState();
  showDialog({
    kind: 'create-link',
    target: entry.path,
    isFolder: entry.kind === 'folder',
    parent: folder()?.folder ?? null,
    taken: names(),
  });
}
