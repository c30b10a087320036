import { realpathSync, statfsSync } from 'node:fs';
import { toFsError } from '#core/fs/fs-error.ts';
import { mountAt } from '#core/fs/mounts.ts';
import { baseName, displayName, fromBytes, joinPath, type NativePath, parentOf, toBytes, toSdPath } from '#core/fs/native-path.ts';
import { namesIn } from '#core/fs/read-folder.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { CopyConflict, CopyPlan } from '#shared/contract/file.ts';
import type { CopyCheck, CopyMount, CopyRequest } from './copy-messages.ts';
import { checkDestination, type Destination } from './destination.ts';
import { type FileFacts, factsIfExists, factsOf, identityOf, isNewer, isSameFile } from './file-facts.ts';
import { refusalOf } from './target-rules.ts';

/** Conflicts and skipped files that are listed; all are counted. */
const LISTED = 1000;

/**
 * What a copy would do. With `countAll` everything is looked at; without, only what decides whether it may begin: the
 * sources, and folders that exist on both sides.
 */
export class CopyPlanner {
  readonly destination: Destination;
  readonly #request: CopyRequest;
  readonly #countAll: boolean;
  readonly #checkCancelled: () => void;
  readonly #conflicts: CopyConflict[] = [];
  readonly #skipped: CopyPlan['skipped'] = [];
  readonly #sourceVolumes = new Set<string>();
  readonly #counts = { files: 0, folders: 0, symlinks: 0, bytes: 0, replacedBytes: 0, largestReplacing: 0, conflicts: 0, unanswered: 0 };

  /**
   * @param checkCancelled throws to end the walk
   * @throws MooringError about the destination
   */
  constructor(request: CopyRequest, countAll: boolean, checkCancelled: () => void) {
    this.#request = request;
    this.#countAll = countAll;
    this.#checkCancelled = checkCancelled;
    this.destination = checkDestination(request);
    this.#walkSources();
  }

  get check(): CopyCheck {
    const { conflicts, unanswered } = this.#counts;
    return { conflicts: this.#conflicts, conflictCount: conflicts, unansweredCount: unanswered, volumes: this.#volumes };
  }

  get plan(): CopyPlan {
    const { files, folders, symlinks, bytes, conflicts } = this.#counts;
    const { bavail, bsize } = statfsSync(this.destination.path);
    const availableBytes = bavail * bsize;
    return {
      ...{ files, folders, symlinks, skipped: this.#skipped, totalBytes: bytes, availableBytes },
      fits: this.neededBytes <= availableBytes,
      ...{ conflicts: this.#conflicts, conflictCount: conflicts, volumes: this.#volumes },
    };
  }

  get #volumes(): CopyPlan['volumes'] {
    return { sources: [...this.#sourceVolumes], destination: this.destination.mount?.fingerprint ?? null };
  }

  /** The old file goes only when the new one is whole, so the largest of those that replace others needs room beside it. */
  get neededBytes(): number {
    const { bytes, replacedBytes, largestReplacing } = this.#counts;
    return Math.min(bytes, bytes - replacedBytes + largestReplacing);
  }

  #walkSources(): void {
    const takenNames = new Map<string, NativePath>();
    for (const source of this.#request.sources) {
      const facts = this.#topLevelFacts(source);
      const name = baseName(source);
      const target = joinPath(this.destination.path, name);
      this.#refuseIntoItself(source, facts);
      const existing = factsIfExists(target);
      const isItself = existing !== null && isSameFile(existing, facts);
      if (isItself && this.#request.onConflict !== 'rename') throw sameFile(source);
      const id = toBytes(name).toString('latin1');
      const isTaken = takenNames.has(id);
      takenNames.set(id, source);
      if (isTaken && !facts.isDirectory()) this.#conflict(source, target, 'file');
      this.#visit(source, facts, name, isItself ? null : target);
    }
  }

  /** @throws MooringError when the source is not there, or is on a volume that does not answer */
  #topLevelFacts(source: NativePath): FileFacts {
    try {
      const parent = fromBytes(realpathSync.native(parentOf(source), 'buffer'));
      const mount = mountAt(joinPath(parent, baseName(source)), this.#request.mounts);
      if (mount?.unresponsive) throw unresponsive(mount);
      if (mount) this.#sourceVolumes.add(mount.fingerprint);
      return factsOf(source);
    } catch (error) {
      throw toFsError(error, source);
    }
  }

  #refuseIntoItself(source: NativePath, facts: FileFacts): void {
    if (facts.isDirectory() && this.destination.ancestors.has(identityOf(facts))) throw intoItself(source);
  }

  /** @param target null when it is known that nothing is in the way */
  #visit(source: NativePath, facts: FileFacts, name: NativePath, target: NativePath | null): void {
    this.#checkCancelled();
    const refusal = refusalOf(name, facts, this.destination.mount?.capabilities ?? null);
    const existing = target === null ? null : factsIfExists(target);
    if (refusal) this.#skip(source, refusal);
    else if (facts.isDirectory()) this.#visitFolder(source, facts, target, existing);
    else if (target === null || existing === null) this.#count(facts, null);
    else this.#visitTaken(source, facts, target, existing);
  }

  #visitTaken(source: NativePath, facts: FileFacts, target: NativePath, existing: FileFacts): void {
    this.#conflict(source, target, existing.isDirectory() ? 'mismatch' : 'file');
    if (this.#isWritten(facts, existing)) this.#count(facts, existing);
  }

  #visitFolder(source: NativePath, facts: FileFacts, target: NativePath | null, existing: FileFacts | null): void {
    if (identityOf(facts) === identityOf(this.destination.facts)) throw intoItself(source);
    const isMerged = existing?.isDirectory() ?? false;
    if (target && existing && !isMerged) {
      this.#conflict(source, target, 'mismatch');
      if (this.#request.onConflict === 'skip') return;
    }
    if (!existing) this.#counts.folders++;
    if (!isMerged && !this.#countAll) return;
    try {
      this.#visitChildren(source, isMerged ? target : null);
    } catch (error) {
      const failure = toFsError(error, source);
      if (failure.code === 'COPY_INTO_ITSELF' || failure.code === 'CANCELLED' || failure.code === 'INTERNAL') throw error;
      this.#skip(source, failure);
    }
  }

  #visitChildren(source: NativePath, target: NativePath | null): void {
    for (const name of namesIn(source)) {
      const path = joinPath(source, name);
      const mount = this.#request.mounts.find(({ mountPoint, unresponsive: isDead }) => isDead && mountPoint === path);
      try {
        if (mount) throw unresponsive(mount);
        this.#visit(path, factsOf(path), name, target && joinPath(target, name));
      } catch (error) {
        const failure = toFsError(error, path);
        if (failure.code === 'COPY_INTO_ITSELF' || failure.code === 'CANCELLED' || failure.code === 'INTERNAL') throw error;
        this.#skip(path, failure);
      }
    }
  }

  #isWritten(facts: FileFacts, existing: FileFacts): boolean {
    const { onConflict } = this.#request;
    if (existing.isDirectory()) return onConflict === 'rename';
    if (onConflict === 'newer') return isNewer(facts, existing, this.destination.mount?.capabilities.timestampGranularityNs ?? 0);
    return onConflict !== 'skip';
  }

  #count(facts: FileFacts, replaced: FileFacts | null): void {
    if (facts.isSymbolicLink()) {
      this.#counts.symlinks++;
      return;
    }
    const bytes = Number(facts.size);
    this.#counts.files++;
    this.#counts.bytes += bytes;
    if (!replaced?.isFile() || this.#request.onConflict === 'rename') return;
    this.#counts.replacedBytes += Number(replaced.size);
    this.#counts.largestReplacing = Math.max(this.#counts.largestReplacing, bytes);
  }

  #conflict(source: NativePath, target: NativePath, kind: CopyConflict['kind']): void {
    const { onConflict, deviceId } = this.#request;
    this.#counts.conflicts++;
    if (onConflict === 'ask' || (kind === 'mismatch' && onConflict !== 'skip' && onConflict !== 'rename')) this.#counts.unanswered++;
    if (this.#conflicts.length >= LISTED) return;
    this.#conflicts.push({ source: toSdPath(source, deviceId), target: toSdPath(target, deviceId), kind });
  }

  #skip(path: NativePath, { code, message }: { code: string; message: string }): void {
    if (this.#skipped.length < LISTED) this.#skipped.push({ path: toSdPath(path, this.#request.deviceId), code, message });
  }
}

/** @throws MooringError `CONFLICT` with the list when the policy leaves a conflict without an answer */
export function refuseUnanswered({ conflicts, conflictCount, unansweredCount }: CopyCheck, onConflict: CopyRequest['onConflict']): void {
  if (unansweredCount === 0) return;
  const message =
    onConflict === 'ask'
      ? `In the destination ${unansweredCount} of the names are taken. Say what to do: skip, overwrite, newer or rename.`
      : `In ${unansweredCount} places a folder stands where a file should go, or the other way round. Only skip and rename can answer that.`;
  throw new MooringError('CONFLICT', message, { details: { conflicts, conflictCount } });
}

function sameFile(source: NativePath): MooringError {
  return new MooringError(
    'SAME_FILE',
    `“${displayName(source)}” is there already: source and target are the same. Choose rename to duplicate it.`,
  );
}

function intoItself(source: NativePath): MooringError {
  return new MooringError('COPY_INTO_ITSELF', `“${displayName(source)}” cannot be copied into itself. Choose another destination.`);
}

function unresponsive(mount: Pick<CopyMount, 'mountPoint'>): MooringError {
  return new MooringError('VOLUME_UNRESPONSIVE', `The volume at “${mount.mountPoint}” does not answer.`);
}
