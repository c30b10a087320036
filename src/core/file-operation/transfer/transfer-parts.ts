import type { NativePath } from '#core/fs/native-path.ts';
import type { AttributeCopier } from '../file-copy/attributes.ts';
import type { CopyControl } from '../file-copy/copy-control.ts';
import type { ConflictAnswers } from './conflict-answers.ts';
import type { Destination } from './destination.ts';
import type { PlacedFiles } from './folder-pair.ts';
import type { ResumeRecord } from './resume-record.ts';
import type { SameVolumeMove } from './same-volume-move.ts';
import type { SeenFolders } from './seen-folders.ts';
import type { TransferEnd } from './transfer-end.ts';
import type { TransferJournal } from './transfer-journal.ts';
import type { TransferRequest } from './transfer-messages.ts';
import type { TransferStage } from './transfer-stage.ts';
import type { TransferTally } from './transfer-tally.ts';

/** Something to be copied or moved into a destination, which has been checked. */
export interface WalkItem {
  source: NativePath;
  destination: Destination;
  /** The name that it gets there; null for its own. */
  as: NativePath | null;
}

/** What those who carry out a transfer share. */
export interface TransferParts {
  request: TransferRequest;
  items: readonly WalkItem[];
  control: CopyControl;
  journal: TransferJournal;
  tally: TransferTally;
  end: TransferEnd;
  stage: TransferStage;
  answers: ConflictAnswers;
  placed: PlacedFiles;
  /** First copies of sources with several names, by the source's identity. */
  links: Map<string, NativePath>;
  resumed: ResumeRecord;
  attributes: AttributeCopier;
  moving: SameVolumeMove;
  seen: SeenFolders;
  tempId: string;
}
