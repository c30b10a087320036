import { statfsSync } from 'node:fs';
import { UNDO_POSSIBLE, undoImpossible } from '#core/action/told-undo.ts';
import { type NativePath, toSdPath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { ActionPreview } from '#shared/contract/action.ts';
import type { FileConflict, TransferStrategy } from '#shared/contract/file.ts';
import { type Reason, reason } from '#shared/contract/reason.ts';
import type { FileFacts } from '../file-facts.ts';
import type { Destination } from './destination.ts';
import { linkIdOf } from './folder-pair.ts';
import { estimateSeconds, type PlannedTransfer } from './transfer-estimate.ts';
import type { TransferMount } from './transfer-messages.ts';

/** Conflicts and obstacles that are listed; all are counted. */
const LISTED = 1000;

interface SpaceOf {
  destination: Destination;
  bytes: number;
  replacedBytes: number;
  largestReplacing: number;
}

/** Something that would be copied or moved. */
export interface PlannedEntry {
  facts: FileFacts;
  from: TransferMount | null;
  destination: Destination;
  strategy: TransferStrategy;
  /** What it would replace. */
  replaced: FileFacts | null;
}

export interface PlannedConflict {
  source: { path: NativePath; facts: FileFacts };
  target: { path: NativePath; facts: FileFacts };
  kind: FileConflict['kind'];
  isAnswered: boolean;
}

/** Adds up what a transfer would do, and what is in its way. */
export class PlanTally {
  readonly conflicts: FileConflict[] = [];
  readonly #deviceId: string;
  readonly #obstacles: ActionPreview['obstacles'] = [];
  readonly #changes: ActionPreview['changes'] = [];
  readonly #transfers = new Map<string, PlannedTransfer>();
  #lastTransfer: PlannedTransfer | null = null;
  readonly #spaces = new Map<string, SpaceOf>();
  /** Files with several names are copied once. */
  readonly #links = new Set<string>();
  readonly #counts = { files: 0, folders: 0, symlinks: 0, bytes: 0, conflicts: 0, unanswered: 0, obstacles: 0, overwritten: 0, changes: 0 };

  constructor(deviceId: string) {
    this.#deviceId = deviceId;
  }

  get counts(): Readonly<Record<'files' | 'symlinks' | 'bytes' | 'conflicts' | 'unanswered', number>> {
    return this.#counts;
  }

  change(from: NativePath, to: NativePath): void {
    this.#counts.changes++;
    if (this.#changes.length < LISTED) this.#changes.push({ from: this.#address(from), to: this.#address(to) });
  }

  folder(): void {
    this.#counts.folders++;
  }

  entry(entry: PlannedEntry): void {
    const { facts, strategy, replaced } = entry;
    if (replaced) this.#counts.overwritten++;
    const link = linkIdOf(facts);
    const bytes = facts.isFile() && !(link && this.#links.has(link)) ? Number(facts.size) : 0;
    if (link) this.#links.add(link);
    if (facts.isSymbolicLink()) this.#counts.symlinks++;
    else if (facts.isDirectory()) this.#counts.folders++;
    else this.#counts.files++;
    this.#counts.bytes += bytes;
    this.#transfer(entry, bytes);
    const space = this.#spaceAt(entry.destination);
    if (strategy === 'rename' || strategy === 'clone') return;
    space.bytes += bytes;
    if (!replaced?.isFile()) return;
    space.replacedBytes += Number(replaced.size);
    space.largestReplacing = Math.max(space.largestReplacing, bytes);
  }

  conflict({ source, target, kind, isAnswered }: PlannedConflict): void {
    this.#counts.conflicts++;
    if (!isAnswered) this.#counts.unanswered++;
    if (this.conflicts.length < LISTED) this.conflicts.push({ source: this.#side(source), target: this.#side(target), kind });
  }

  obstacle(
    path: NativePath,
    { code, message, reason: why }: { code: string; message: string; reason?: Reason | undefined },
    proposedName: string | null,
  ): void {
    this.#counts.obstacles++;
    if (this.#obstacles.length < LISTED) this.#obstacles.push({ path: this.#address(path), code, message, reason: why, proposedName });
  }

  preview(mounts: readonly TransferMount[]): ActionPreview {
    const { files, folders, symlinks, bytes, conflicts, unanswered, obstacles, overwritten, changes } = this.#counts;
    const transfers = [...this.#transfers.values()];
    return {
      ...{ files, folders, symlinks, totalBytes: bytes, transfers, changes: this.#changes, changeCount: changes },
      ...{ conflicts: this.conflicts, conflictCount: conflicts, unansweredCount: unanswered },
      ...{ obstacles: this.#obstacles, obstacleCount: obstacles, space: this.#space, waitsFor: [] },
      secondsEstimated: estimateSeconds(transfers, mounts),
      undo: overwritten > 0 ? undoImpossible(reason('replaces-files', { count: overwritten })) : UNDO_POSSIBLE,
      needsConfirmation: overwritten > 0,
    };
  }

  /** @throws MooringError `NO_SPACE` when not everything fits */
  refuseFull(): void {
    for (const space of this.#spaces.values()) {
      const { needed, available } = spaceOf(space);
      const missingBytes = needed - available;
      if (missingBytes <= 0) continue;
      throw reasonError('NO_SPACE', 'target-too-small', { missingBytes }, { details: { missingBytes } });
    }
  }

  /** Of the destination that has least room for what is to go there. */
  get #space(): ActionPreview['space'] {
    const spaces = [...this.#spaces.values()].map((space) => ({ ...spaceOf(space), volume: space.destination.mount?.fingerprint ?? null }));
    const tightest = spaces.toSorted((a, b) => a.available - a.needed - (b.available - b.needed))[0];
    if (!tightest) return null;
    const { volume, needed, available, after } = tightest;
    return {
      ...{ volume, availableBytes: available, neededBytes: needed },
      ...{ availableAfterBytes: Math.max(0, after), fits: needed <= available },
    };
  }

  #transfer({ strategy, from, destination }: PlannedEntry, bytes: number): void {
    const [source, target] = [from?.fingerprint ?? null, destination.mount?.fingerprint ?? null];
    const last = this.#lastTransfer;
    const isLike = last?.strategy === strategy && last.from === source && last.to === target;
    const known = isLike ? last : this.#transferOf(strategy, source, target);
    known.files++;
    known.bytes += bytes;
    this.#lastTransfer = known;
  }

  #transferOf(strategy: TransferStrategy, from: string | null, to: string | null): PlannedTransfer {
    const key = `${strategy} ${from} ${to}`;
    const known = this.#transfers.get(key) ?? { strategy, from, to, files: 0, bytes: 0 };
    this.#transfers.set(key, known);
    return known;
  }

  #spaceAt(destination: Destination): SpaceOf {
    const key = String(destination.facts.dev);
    const space = this.#spaces.get(key) ?? { destination, bytes: 0, replacedBytes: 0, largestReplacing: 0 };
    this.#spaces.set(key, space);
    return space;
  }

  #side({ path, facts }: PlannedConflict['source']): FileConflict['source'] {
    return {
      path: this.#address(path),
      kind: facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : facts.isSymbolicLink() ? 'symlink' : 'other',
      sizeBytes: Number(facts.size),
      modifiedAt: new Date(Number(facts.mtimeMs)).toISOString(),
    };
  }

  #address(path: NativePath): string {
    return toSdPath(path, this.#deviceId);
  }
}

/** The old file goes only when the new one is whole, so the largest of those that replace others needs room beside it. */
function spaceOf({ destination, bytes, replacedBytes, largestReplacing }: SpaceOf): { needed: number; available: number; after: number } {
  const { bavail, bsize } = statfsSync(destination.path);
  const available = bavail * bsize;
  return { needed: Math.min(bytes, bytes - replacedBytes + largestReplacing), available, after: available - bytes + replacedBytes };
}
