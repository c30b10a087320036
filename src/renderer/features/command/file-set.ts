import i18next from 'i18next';
import {
  ClipboardCopy,
  CopyPlus,
  FilePlus,
  FolderInput,
  FolderOpen,
  FolderPlus,
  FolderSearch,
  Link,
  Link2,
  Pencil,
  ScanEye,
  SquareArrowOutUpRight,
  SquareTerminal,
  Star,
  TextCursorInput,
  Trash2,
  X,
} from 'lucide-react';
import { MOST_SOURCES } from '../../../shared/contract/file.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { useShell } from '../../app/shell.ts';
import { lastName, plainPath } from '../../lib/entry-path.ts';
import { errorText } from '../../lib/use-error-text.ts';
import { addFavourites } from '../favourite/favourites.ts';
import {
  copyChosenTo,
  deleteChosen,
  duplicateChosen,
  linkTo,
  makeNew,
  renameChosen,
  trashChosen,
} from '../file-operation/file-commands.ts';
import { useFileScope } from '../file-operation/file-scope.ts';
import { showToast } from '../notification/toast-store.ts';
import { openQuickPreview } from '../preview/quick-preview-store.ts';
import type { CommandsOf } from './command.ts';

const scope = () => useFileScope.getState();
const chosen = () => scope().chosen();
const chosenPaths = () => scope().chosenPaths();
const hasChosen = () => chosenPaths().length > 0;
/** Not so many that nobody could look at each. */
const hasEntries = () => chosen().length > 0;
const hasOne = () => chosen().length === 1;
/** What takes the drive itself, not only what is known of it. */
const isThere = () => hasChosen() && !scope().isAway();
const isOneThere = () => hasOne() && !scope().isAway();
const awayNote: Note = (t) => (scope().isAway() ? t('browser.away') : undefined);
type Note = NonNullable<CommandsOf<'file'>['file.open']['note']>;
const isDesktop = () => useShell.getState().client !== null;
const canReceive = () => scope().folder() !== null;

/** The one folder that is chosen, else the open one; null while its drive is away. */
function terminalFolder(): string | null {
  const [entry] = chosen();
  if (scope().isAway()) return null;
  return entry?.kind === 'folder' && hasOne() ? entry.path : (scope().folder()?.folder ?? null);
}

/** The chosen folders, else the open one. */
function foldersToKeep(): string[] {
  const folders = chosen().filter(({ kind }) => kind === 'folder');
  const open = scope().folder();
  if (hasChosen()) return folders.map(({ path }) => path);
  return open ? [open.folder] : [];
}

/** What is done to the files that are chosen, and in the folder that is open. */
export const FILE_SET: CommandsOf<'file'> = {
  'file.open': { icon: FolderOpen, where: 'list', isEnabled: hasEntries, run: () => scope().open() },
  'file.preview': { icon: ScanEye, where: 'list', isEnabled: hasEntries, run: openQuickPreview },
  'file.newFolder': { icon: FolderPlus, where: 'page', isEnabled: canReceive, run: () => makeNew('folder') },
  'file.newFile': { icon: FilePlus, where: 'page', isEnabled: canReceive, run: () => makeNew('file') },
  'file.rename': {
    icon: Pencil,
    where: 'list',
    isEnabled: () => hasEntries() && isThere(),
    note: (t) => (hasChosen() && !hasEntries() ? t('view.tooManyToRename', { most: MOST_SOURCES }) : awayNote(t)),
    title: (t) => (chosen().length > 1 ? t('file.renameMany', { count: chosen().length }) : t('command.file.rename')),
    run: renameChosen,
  },
  'file.duplicate': { icon: CopyPlus, where: 'list', isEnabled: isThere, note: awayNote, run: duplicateChosen },
  'file.copyTo': { icon: SquareArrowOutUpRight, where: 'list', isEnabled: hasChosen, run: () => copyChosenTo('copy') },
  'file.moveTo': { icon: FolderInput, where: 'list', isEnabled: hasChosen, run: () => copyChosenTo('move') },
  'file.makeLink': {
    icon: Link,
    where: 'list',
    isEnabled: isOneThere,
    note: awayNote,
    run: () => {
      const [entry] = chosen();
      if (entry) linkTo(entry);
    },
  },
  'file.copyPath': {
    icon: ClipboardCopy,
    where: 'list',
    isEnabled: hasChosen,
    title: (t) => t('browser.copyPath', { count: Math.max(1, chosenPaths().length) }),
    run: () => copyLines(chosenPaths().map(plainPath)),
  },
  'file.copyName': { icon: TextCursorInput, where: 'list', isEnabled: hasChosen, run: () => copyLines(chosenPaths().map(lastName)) },
  'file.copyAddress': { icon: Link2, where: 'list', isEnabled: hasChosen, run: () => copyLines(chosenPaths()) },
  'file.showInFileManager': {
    icon: FolderSearch,
    where: 'list',
    isOffered: isDesktop,
    isEnabled: isOneThere,
    note: awayNote,
    run: () => {
      const [entry] = chosen();
      if (entry) useShell.getState().client?.showItemInFolder({ path: entry.path }).catch(tell);
    },
  },
  'file.openTerminal': {
    icon: SquareTerminal,
    where: 'page',
    isOffered: isDesktop,
    isEnabled: () => terminalFolder() !== null,
    run: () => {
      const path = terminalFolder();
      if (path !== null) useShell.getState().client?.openTerminal({ path }).catch(tell);
    },
  },
  'file.favourite': {
    icon: Star,
    where: 'page',
    isEnabled: () => foldersToKeep().length > 0,
    run: () => addFavourites(foldersToKeep()),
  },
  'file.addLocation': {
    icon: FolderPlus,
    where: 'list',
    isEnabled: () => isOneThere() && chosen()[0]?.kind === 'folder',
    note: awayNote,
    run: () => showDialog({ kind: 'add-location', paths: chosen().map(({ path }) => path) }),
  },
  'file.trash': { icon: Trash2, where: 'list', isEnabled: isThere, note: awayNote, run: trashChosen },
  'file.delete': { icon: X, where: 'list', isDanger: true, isEnabled: isThere, note: awayNote, run: deleteChosen },
};

function copyLines(lines: string[]): void {
  navigator.clipboard.writeText(lines.join('\n')).catch(tell);
}

function tell(error: unknown): void {
  showToast({ tone: 'bad', title: i18next.t('error.title'), text: errorText(error) });
}
