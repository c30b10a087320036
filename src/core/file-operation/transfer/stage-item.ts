import type { NativePath } from '#core/fs/native-path.ts';
import type { VerifyMode } from '#shared/contract/file.ts';
import type { CopiedFile, CopyItem } from '../file-copy/copy-item.ts';
import type { FileFacts } from '../file-facts.ts';
import type { Placement } from './conflict-answers.ts';
import type { FolderPair } from './folder-pair.ts';
import type { HiddenFolder } from './hidden-folder.ts';
import type { TransferState } from './transfer-state.ts';

/** One file or symbolic link on its way. */
export interface StageItem {
  source: NativePath;
  facts: FileFacts;
  folder: FolderPair;
  /** In the source's folder. */
  name: NativePath;
  /** In the target's, unless a free number is asked for. */
  targetName: NativePath;
  /** `within`: it is written under its name at once, since its folder has none yet. */
  placement: Placement | 'within';
  /** What has the name, when it was decided to replace it. */
  existing: FileFacts | null;
  /** How its copy is compared with it. */
  verify: VerifyMode;
  /** With it, the walk has come so far. */
  cursor: TransferState['cursor'];
}

/** What is copied to a temporary place, or made there. */
export interface StagedFile {
  type: 'file';
  item: StageItem;
  temp: NativePath;
  /** Null while it waits to be copied, or when that has failed. */
  copied: CopiedFile | null;
  error: unknown;
}

/** What gets a name. */
export type Placeable =
  | StagedFile
  | { type: 'symlink'; item: StageItem; temp: NativePath }
  /** A further name of a file that was, or will be, copied before it. */
  | { type: 'hard-link'; item: StageItem; link: string; temp: NativePath };

export type StageEntry =
  | Placeable
  /** All that is in it was added before. */
  | { type: 'name'; hidden: HiddenFolder }
  /** To be done when all before it is. */
  | { type: 'then'; run(): void };

export function isPlaceable(entry: StageEntry): entry is Placeable {
  return entry.type !== 'name' && entry.type !== 'then';
}

export function newFile(item: StageItem, temp: NativePath): StagedFile {
  return { type: 'file', item, temp, copied: null, error: null };
}

export function toCopyItem({ item, temp }: StagedFile): CopyItem {
  return { source: item.source, facts: item.facts, temp, targetDev: item.folder.dev };
}
