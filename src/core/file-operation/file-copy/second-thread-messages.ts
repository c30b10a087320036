/** @file What a copy's thread and its second thread say to each other. */
import type { SharedCursor } from './batch-share.ts';
import type { CopiedFile, VerifyItem } from './copy-item.ts';
import type { SentError } from './sent-error.ts';
import type { SmallItem } from './small-file-copy.ts';

export interface SecondThreadData {
  /** Of `CopyControl`. */
  control: SharedArrayBuffer;
  hash: boolean;
}

/** A batch that both threads work off. */
export type SecondThreadRequest =
  | { work: 'copy'; items: readonly SmallItem[]; cursor: SharedCursor }
  | { work: 'verify'; items: readonly VerifyItem[]; cursor: SharedCursor };

export type SentShare<T> = [index: number, outcome: { value: T } | { error: SentError }][];

/** A share is null when the thread has stopped, as it was told to. */
export type SecondThreadReply =
  | { work: 'copy'; share: SentShare<CopiedFile | null> | null }
  | { work: 'verify'; share: SentShare<boolean> | null; readPastCache: boolean | null };
