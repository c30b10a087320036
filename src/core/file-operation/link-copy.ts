import { lutimesSync, readlinkSync, symlinkSync } from 'node:fs';
import { errorNumber } from '#core/fs/fs-error.ts';
import { fromBytes, joinPath, type NativePath } from '#core/fs/native-path.ts';
import type { CopyJournal } from './copy-journal.ts';
import { secondsOf } from './file-facts.ts';
import type { StageItem } from './file-writer.ts';
import { numberedName } from './free-name.ts';
import { appeared, placeOver } from './place.ts';

/**
 * Makes a symbolic link like the source, with the same text and times.
 *
 * @returns where it is
 * @throws MooringError `PATH_ALREADY_EXISTS` when only a new name would do; an error of `node:fs`
 */
export function copyLink(item: StageItem, journal: CopyJournal): NativePath {
  const text = fromBytes(readlinkSync(item.source, 'buffer'));
  const wanted = joinPath(item.folder.path, item.name);
  if (item.placement === 'over') {
    const temp = journal.tempIn(item.folder.path);
    symlinkSync(text, temp);
    setTimes(temp, item);
    placeOver(temp, wanted);
    return wanted;
  }
  for (let number = 1; ; number++) {
    const target = number === 1 ? wanted : joinPath(item.folder.path, numberedName(item.name, number));
    if (!makeLink(text, target)) {
      if (item.placement === 'new') throw appeared(item.name);
      continue;
    }
    setTimes(target, item);
    return target;
  }
}

/** False when something has the name. */
function makeLink(text: NativePath, path: NativePath): boolean {
  try {
    symlinkSync(text, path);
    return true;
  } catch (error) {
    if (errorNumber(error) === 'EEXIST') return false;
    throw error;
  }
}

function setTimes(path: NativePath, { facts }: StageItem): void {
  lutimesSync(path, secondsOf(facts.atimeNs), secondsOf(facts.mtimeNs));
}
