import { lstatSync, realpathSync, statfsSync } from 'node:fs';
import { toFsError } from '#core/fs/fs-error.ts';
import { mountAt } from '#core/fs/mounts.ts';
import { baseName, displayName, fromBytes, joinPath, type NativePath, parentOf, toSdPath } from '#core/fs/native-path.ts';
import { namesIn } from '#core/fs/read-folder.ts';
import type { ActionPreview } from '#shared/contract/action.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { FileConflict, TransferStrategy } from '#shared/contract/file.ts';
import type { CopyControl } from '../file-copy/copy-control.ts';
import { type FileFacts, factsIfExists, factsOf, identityOf, isNewer, isSameFile } from '../file-facts.ts';
import { takesOneForAnother } from './case-probe.ts';
import { ConflictAnswers } from './conflict-answers.ts';
import { checkDestination, type Destination } from './destination.ts';
import { foldName, linkIdOf } from './folder-pair.ts';
import { refusalOf } from './target-rules.ts';
import { estimateSeconds, type PlannedTransfer } from './transfer-estimate.ts';
import { encodeName } from './transfer-journal.ts';
import type { TransferCheck, TransferItem, TransferMount, TransferRequest } from './transfer-messages.ts';

/** Conflicts and obstacles that are listed; all are counted. */
const LISTED = 1000;

/** A folder of the target that names are to be put into; null where it will be new. */
interface TargetFolder {
  path: NativePath | null;
  destination: Destination;
  /** Whether it takes names for one that differ in case, or in how accents are written. */
  mixesNames: boolean;
  /** What was planned to get a name there, by the name as the folder compares it. */
  planned: Map<string, { source: NativePath; facts: FileFacts }>;
}

interface SpaceOf {
  destination: Destination;
  bytes: number;
  replacedBytes: number;
  largestReplacing: number;
}

/**
 * What a transfer would do. With `countAll` everything is looked at; without, only what decides whether it may begin: the sources, and folders
 * that exist on both sides.
 */
export class TransferPlanner {
  readonly #request: TransferRequest;
  readonly #countAll: boolean;
  readonly #control: CopyControl;
  readonly #answers: ConflictAnswers;
  readonly #conflicts: FileConflict[] = [];
  readonly #obstacles: ActionPreview['obstacles'] = [];
  readonly #changes: ActionPreview['changes'] = [];
  readonly #transfers = new Map<string, PlannedTransfer>();
  readonly #sourceVolumes = new Set<string>();
  readonly #destinations = new Map<string, Destination>();
  readonly #folders = new Map<string, TargetFolder>();
  readonly #spaces = new Map<string, SpaceOf>();
  /** Files with several names are copied once. */
  readonly #links = new Set<string>();
  readonly #items: TransferItem[] = [];
  readonly #counts = { files: 0, folders: 0, symlinks: 0, bytes: 0, conflicts: 0, unanswered: 0, obstacles: 0, overwritten: 0 };

  /** @throws MooringError about a source or a destination; `COPY_INTO_ITSELF`, `SAME_FILE`; `CopyStopped` */
  constructor(request: TransferRequest, countAll: boolean, control: CopyControl) {
    this.#request = request;
    this.#countAll = countAll;
    this.#control = control;
    this.#answers = new ConflictAnswers(request);
    for (const item of request.items) this.#planItem(item);
  }

  get check(): TransferCheck {
    const { conflicts, unanswered } = this.#counts;
    return {
      ...{ conflicts: this.#conflicts, conflictCount: conflicts, unansweredCount: unanswered, items: this.#items },
      sourceVolumes: [...this.#sourceVolumes],
      targetVolumes: [...this.#destinations.values()].flatMap(({ mount }) => mount?.fingerprint ?? []),
    };
  }

  get totals(): { items: number; bytes: number } {
    return { items: this.#counts.files + this.#counts.symlinks, bytes: this.#counts.bytes };
  }

  get preview(): ActionPreview {
    const { files, folders, symlinks, bytes, conflicts, unanswered, obstacles, overwritten } = this.#counts;
    const space = this.#space;
    return {
      ...{ files, folders, symlinks, totalBytes: bytes },
      transfers: [...this.#transfers.values()].map(({ strategy, from, to, ...amount }) => ({ strategy, from, to, ...amount })),
      ...{ changes: this.#changes.slice(0, LISTED), changeCount: this.#changes.length },
      ...{ conflicts: this.#conflicts, conflictCount: conflicts, unansweredCount: unanswered },
      ...{ obstacles: this.#obstacles, obstacleCount: obstacles, space, waitsFor: [] },
      secondsEstimated: estimateSeconds([...this.#transfers.values()], this.#request.mounts),
      undo:
        overwritten > 0
          ? { isPossible: false, reason: `It replaces ${overwritten} files, which could not be brought back.` }
          : { isPossible: true, reason: null },
      needsConfirmation: overwritten > 0,
    };
  }

  /** @throws MooringError `NO_SPACE` when not everything fits */
  refuseFull(): void {
    for (const space of this.#spaces.values()) {
      const { needed, available } = spaceOf(space);
      const missingBytes = needed - available;
      if (missingBytes <= 0) continue;
      throw new MooringError('NO_SPACE', `The target is too small: ${missingBytes} more bytes are needed. Nothing was written.`, {
        details: { missingBytes },
      });
    }
  }

  /** Of the destination that has least room for what is to go there. */
  get #space(): ActionPreview['space'] {
    const spaces = [...this.#spaces.values()].map((space) => ({ ...spaceOf(space), volume: space.destination.mount?.fingerprint ?? null }));
    const tightest = spaces.toSorted((a, b) => a.available - a.needed - (b.available - b.needed))[0];
    if (!tightest) return null;
    const { volume, needed, available, after } = tightest;
    return {
      volume,
      availableBytes: available,
      neededBytes: needed,
      availableAfterBytes: Math.max(0, after),
      fits: needed <= available,
    };
  }

  #planItem({ source, destination: wanted, as }: TransferItem): void {
    const destination = this.#destinationAt(wanted);
    const facts = this.#topLevelFacts(source);
    const name = as ?? baseName(source);
    if (facts.isDirectory() && destination.ancestors.has(identityOf(facts))) throw intoItself(source, this.#request.kind);
    const existing = factsIfExists(joinPath(destination.path, name));
    const isItself = existing !== null && isSameFile(existing, facts);
    if (isItself && (this.#request.kind === 'move' || this.#answers.of(source) !== 'rename')) throw sameFile(source, this.#request.kind);
    this.#changes.push({ from: this.#address(source), to: this.#address(joinPath(destination.path, name)) });
    this.#visit(source, facts, name, this.#folderAt(destination.path, destination), isItself);
  }

  #destinationAt(path: NativePath): Destination {
    const key = encodeName(path);
    const destination = this.#destinations.get(key) ?? checkDestination(path, this.#request.mounts);
    this.#destinations.set(key, destination);
    return destination;
  }

  /** @param path null for a folder that will be new @param near an existing one that it will be in */
  #folderAt(path: NativePath | null, destination: Destination, near?: TargetFolder): TargetFolder {
    const key = path === null ? null : encodeName(path);
    const known = key === null ? undefined : this.#folders.get(key);
    if (known) return known;
    const guess = near?.mixesNames ?? destination.mount?.capabilities.caseSensitive === false;
    const mixesNames = path === null ? guess : (takesOneForAnother(path) ?? guess);
    const folder = { path, destination, mixesNames, planned: new Map() };
    if (key !== null) this.#folders.set(key, folder);
    return folder;
  }

  /** @throws MooringError when the source is not there, is on a volume that does not answer, or cannot be taken away from there */
  #topLevelFacts(source: NativePath): FileFacts {
    try {
      const parent = fromBytes(realpathSync.native(parentOf(source), 'buffer'));
      const path = joinPath(parent, baseName(source));
      const mount = this.#mountOf(path);
      if (mount?.unresponsive) throw unresponsive(mount);
      if (mount) this.#sourceVolumes.add(mount.fingerprint);
      if (this.#request.kind === 'move') refuseImmovable(source, mount, parent);
      this.#items.push({ source: path, destination: this.#destinationAt(this.#request.items[this.#items.length]?.destination ?? '').path });
      return factsOf(source);
    } catch (error) {
      throw toFsError(error, source);
    }
  }

  #mountOf(path: NativePath): TransferMount | null {
    const found = mountAt(path, this.#request.mounts);
    return this.#request.mounts.find((mount) => mount === found) ?? null;
  }

  /** @param isItself what has the name in the target is this very entry, and is to stay */
  #visit(source: NativePath, facts: FileFacts, name: NativePath, folder: TargetFolder, isItself: boolean): void {
    this.#control.check();
    const refusal = refusalOf(name, facts, folder.destination.mount?.capabilities ?? null);
    const isRenamed = refusal !== null && refusal.proposedName !== null && this.#request.unfitNames === 'rename';
    if (refusal) this.#obstacle(source, refusal, refusal.proposedName);
    if (refusal && !isRenamed) return;
    const targetName = isRenamed ? (refusal.proposedName ?? name) : name;
    const target = folder.path === null || isItself ? null : joinPath(folder.path, targetName);
    const existing = target === null ? null : factsIfExists(target);
    if (facts.isDirectory()) this.#visitFolder(source, facts, folder, target, existing);
    else this.#visitFile(source, facts, targetName, folder, target, existing);
  }

  #visitFile(
    source: NativePath,
    facts: FileFacts,
    name: NativePath,
    folder: TargetFolder,
    target: NativePath | null,
    existing: FileFacts | null,
  ): void {
    const key = folder.mixesNames ? foldName(name) : encodeName(name);
    const rival = folder.planned.get(key);
    if (rival && rival.source !== source) {
      const there = target ?? joinPath(folder.destination.path, name);
      this.#conflict(source, facts, there, rival.facts, 'file', false);
      if (this.#answers.of(source) === 'rename') this.#count(source, facts, folder, null);
      return;
    }
    folder.planned.set(key, { source, facts });
    if (target === null || existing === null) {
      this.#count(source, facts, folder, null);
      return;
    }
    const mayBeIdentical = this.#request.skipIdentical && facts.isFile() && existing.isFile() && facts.size === existing.size;
    this.#conflict(source, facts, target, existing, existing.isDirectory() ? 'mismatch' : 'file', mayBeIdentical);
    if (this.#isWritten(source, facts, existing, folder)) this.#count(source, facts, folder, existing);
  }

  #visitFolder(source: NativePath, facts: FileFacts, folder: TargetFolder, target: NativePath | null, existing: FileFacts | null): void {
    if ([...this.#destinations.values()].some((destination) => isSameFile(facts, destination.facts))) {
      throw intoItself(source, this.#request.kind);
    }
    const isMerged = existing?.isDirectory() ?? false;
    if (target && existing && !isMerged) {
      this.#conflict(source, facts, target, existing, 'mismatch', false);
      if (this.#answers.of(source) === 'skip') return;
    }
    if (!isMerged && this.#isRenamed(facts, folder)) {
      this.#count(source, facts, folder, null);
      return;
    }
    if (!existing) this.#counts.folders++;
    if (!isMerged && !this.#countAll) return;
    const inner = this.#folderAt(isMerged ? target : null, folder.destination, folder);
    try {
      for (const name of namesIn(source)) this.#visitChild(joinPath(source, name), name, inner);
    } catch (error) {
      this.#endOrObstacle(error, source);
    }
  }

  #visitChild(path: NativePath, name: NativePath, folder: TargetFolder): void {
    try {
      const mount = this.#request.mounts.find(({ mountPoint, unresponsive: isDead }) => isDead && mountPoint === path);
      if (mount) throw unresponsive(mount);
      this.#visit(path, factsOf(path), name, folder, false);
    } catch (error) {
      this.#endOrObstacle(error, path);
    }
  }

  #endOrObstacle(error: unknown, path: NativePath): void {
    const failure = toFsError(error, path);
    if (failure.code === 'COPY_INTO_ITSELF' || failure.code === 'CANCELLED' || failure.code === 'INTERNAL') throw error;
    this.#obstacle(path, failure, null);
  }

  /** Whether it is moved without being copied. */
  #isRenamed(facts: FileFacts, { destination }: TargetFolder): boolean {
    return this.#request.kind === 'move' && facts.dev === destination.facts.dev;
  }

  #isWritten(source: NativePath, facts: FileFacts, existing: FileFacts, { destination }: TargetFolder): boolean {
    const answer = this.#answers.of(source);
    if (existing.isDirectory()) return answer === 'rename';
    if (answer === 'newer') return isNewer(facts, existing, destination.mount?.capabilities.timestampGranularityNs ?? 0);
    return answer !== 'skip' && answer !== 'ask';
  }

  #count(source: NativePath, facts: FileFacts, folder: TargetFolder, replaced: FileFacts | null): void {
    const isRenamed = this.#isRenamed(facts, folder);
    const isReplacing = replaced !== null && this.#answers.of(source) !== 'rename';
    if (isReplacing) this.#counts.overwritten++;
    const link = linkIdOf(facts);
    const bytes = facts.isFile() && !(link && this.#links.has(link)) ? Number(facts.size) : 0;
    if (link) this.#links.add(link);
    if (facts.isSymbolicLink()) this.#counts.symlinks++;
    else if (facts.isDirectory()) this.#counts.folders++;
    else this.#counts.files++;
    this.#counts.bytes += bytes;
    const strategy = this.#strategyFor(source, facts, folder);
    this.#transfer(strategy, source, folder, bytes);
    const space = this.#spaceAt(folder.destination);
    if (isRenamed || strategy === 'clone') return;
    space.bytes += bytes;
    if (!isReplacing || !replaced?.isFile()) return;
    space.replacedBytes += Number(replaced.size);
    space.largestReplacing = Math.max(space.largestReplacing, bytes);
  }

  #strategyFor(source: NativePath, facts: FileFacts, folder: TargetFolder): TransferStrategy {
    if (this.#isRenamed(facts, folder)) return 'rename';
    const from = this.#mountOf(source);
    const to = folder.destination.mount;
    const isWithin = facts.dev === folder.destination.facts.dev || (from !== null && from.fingerprint === to?.fingerprint);
    if (!isWithin) return 'stream';
    return to?.capabilities.copyOnWrite ? 'clone' : 'kernel';
  }

  #transfer(strategy: TransferStrategy, source: NativePath, { destination }: TargetFolder, bytes: number): void {
    const from = this.#mountOf(source)?.fingerprint ?? null;
    const to = destination.mount?.fingerprint ?? null;
    const key = `${strategy} ${from} ${to}`;
    const known = this.#transfers.get(key) ?? { strategy, from, to, files: 0, bytes: 0 };
    known.files++;
    known.bytes += bytes;
    this.#transfers.set(key, known);
  }

  #spaceAt(destination: Destination): SpaceOf {
    const key = String(destination.facts.dev);
    const space = this.#spaces.get(key) ?? { destination, bytes: 0, replacedBytes: 0, largestReplacing: 0 };
    this.#spaces.set(key, space);
    return space;
  }

  #conflict(
    source: NativePath,
    facts: FileFacts,
    target: NativePath,
    existing: FileFacts,
    kind: FileConflict['kind'],
    mayBeIdentical: boolean,
  ): void {
    this.#counts.conflicts++;
    if (!this.#answers.answers(source, kind) && !mayBeIdentical) this.#counts.unanswered++;
    if (this.#conflicts.length >= LISTED) return;
    this.#conflicts.push({ source: this.#side(source, facts), target: this.#side(target, existing), kind });
  }

  #side(path: NativePath, facts: FileFacts): FileConflict['source'] {
    return {
      path: this.#address(path),
      kind: facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : facts.isSymbolicLink() ? 'symlink' : 'other',
      sizeBytes: Number(facts.size),
      modifiedAt: new Date(Number(facts.mtimeMs)).toISOString(),
    };
  }

  #obstacle(path: NativePath, { code, message }: { code: string; message: string }, proposedName: string | null): void {
    this.#counts.obstacles++;
    if (this.#obstacles.length < LISTED) this.#obstacles.push({ path: this.#address(path), code, message, proposedName });
  }

  #address(path: NativePath): string {
    return toSdPath(path, this.#request.deviceId);
  }
}

/** The old file goes only when the new one is whole, so the largest of those that replace others needs room beside it. */
function spaceOf({ destination, bytes, replacedBytes, largestReplacing }: SpaceOf): { needed: number; available: number; after: number } {
  const { bavail, bsize } = statfsSync(destination.path);
  const available = bavail * bsize;
  return { needed: Math.min(bytes, bytes - replacedBytes + largestReplacing), available, after: available - bytes + replacedBytes };
}

/** @throws MooringError `VOLUME_READ_ONLY`, `NOT_SUPPORTED` */
function refuseImmovable(source: NativePath, mount: TransferMount | null, parent: NativePath): void {
  if (mount?.capabilities.isReadOnly) {
    throw new MooringError('VOLUME_READ_ONLY', `“${displayName(source)}” is on a read-only volume, and cannot be moved away. Copy it.`);
  }
  if (lstatSync(source).isDirectory() && lstatSync(source).dev !== lstatSync(parent).dev && mount?.mountPoint === source) {
    throw new MooringError(
      'NOT_SUPPORTED',
      `“${displayName(source)}” is where a volume is mounted, and cannot be moved. Move what is in it.`,
    );
  }
}

/** @throws MooringError `CONFLICT` with the list when there are conflicts without an answer */
export function refuseUnanswered({ conflicts, conflictCount, unansweredCount }: TransferCheck): void {
  if (unansweredCount === 0) return;
  throw new MooringError('CONFLICT', 'Files or folders of the same names are in the target. Choose what is to happen with them.', {
    details: { conflicts, conflictCount },
  });
}

function sameFile(source: NativePath, kind: TransferRequest['kind']): MooringError {
  const remedy = kind === 'move' ? '' : ' Choose rename to duplicate it.';
  return new MooringError('SAME_FILE', `“${displayName(source)}” is there already: source and target are the same.${remedy}`);
}

function intoItself(source: NativePath, kind: TransferRequest['kind']): MooringError {
  const done = kind === 'move' ? 'moved' : 'copied';
  return new MooringError('COPY_INTO_ITSELF', `“${displayName(source)}” cannot be ${done} into itself. Choose another destination.`);
}

function unresponsive(mount: Pick<TransferMount, 'mountPoint'>): MooringError {
  return new MooringError('VOLUME_UNRESPONSIVE', `The volume at “${mount.mountPoint}” does not answer.`);
}
