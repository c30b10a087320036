import { realpathSync } from 'node:fs';
import { toFsError } from '#core/fs/fs-error.ts';
import { mountAt } from '#core/fs/mounts.ts';
import { baseName, fromBytes, joinPath, type NativePath, parentOf, samePath } from '#core/fs/native-path.ts';
import { namesIn } from '#core/fs/read-folder.ts';
import type { ActionPreview } from '#shared/contract/action.ts';
import type { FileConflict, TransferStrategy } from '#shared/contract/file.ts';
import type { CopyControl } from '../file-copy/copy-control.ts';
import { type FileFacts, factsIfExists, factsOf, identityOf, isNewer, isSameFile } from '../file-facts.ts';
import { takesOneForAnother } from './case-probe.ts';
import { ConflictAnswers } from './conflict-answers.ts';
import { checkDestination, type Destination } from './destination.ts';
import { foldName } from './folder-pair.ts';
import { PlanTally } from './plan-tally.ts';
import type { SeenFolders } from './seen-folders.ts';
import { refusalOf } from './target-rules.ts';
import { encodeName } from './transfer-journal.ts';
import type { TransferCheck, TransferItem, TransferMount, TransferRequest } from './transfer-messages.ts';
import { intoItself, refuseImmovable, sameFile, unresponsive } from './transfer-refusals.ts';

/** A folder of the target that names are to be put into; null where it will be new. */
interface TargetFolder {
  path: NativePath | null;
  destination: Destination;
  /** Whether it takes names for one that differ in case, or in how accents are written. */
  mixesNames: boolean;
  /** What was planned to get a name there, by the name as the folder compares it. */
  planned: Map<string, { source: NativePath; facts: FileFacts }>;
}

/** What would be put into a folder of the target, under `name`. */
interface PlannedVisit {
  source: NativePath;
  facts: FileFacts;
  name: NativePath;
  folder: TargetFolder;
  /** Null where the folder is new, or what has the name is this very entry. */
  target: NativePath | null;
  existing: FileFacts | null;
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
  readonly #tally: PlanTally;
  readonly #sourceVolumes = new Set<string>();
  readonly #destinations = new Map<string, Destination>();
  readonly #folders = new Map<string, TargetFolder>();
  readonly #items: TransferItem[] = [];
  readonly #seen: SeenFolders | null;
  /** Of the folder that was asked about last. */
  #mount: { folder: NativePath; mount: TransferMount | null } | null = null;

  /** @param seen takes what is looked at. @throws MooringError about a source or a destination; `COPY_INTO_ITSELF`, `SAME_FILE`; `CopyStopped` */
  constructor(request: TransferRequest, countAll: boolean, control: CopyControl, seen: SeenFolders | null = null) {
    this.#request = request;
    this.#countAll = countAll;
    this.#seen = seen;
    this.#control = control;
    this.#answers = new ConflictAnswers(request);
    this.#tally = new PlanTally(request.deviceId);
    for (const item of request.items) this.#planItem(item);
  }

  get check(): TransferCheck {
    const { conflicts, unanswered } = this.#tally.counts;
    return {
      ...{ conflicts: this.#tally.conflicts, conflictCount: conflicts, unansweredCount: unanswered, items: this.#items },
      sourceVolumes: [...this.#sourceVolumes],
      targetVolumes: [...this.#destinations.values()].flatMap(({ mount }) => mount?.fingerprint ?? []),
    };
  }

  get totals(): { items: number; bytes: number } {
    const { files, symlinks, bytes } = this.#tally.counts;
    return { items: files + symlinks, bytes };
  }

  get preview(): ActionPreview {
    return this.#tally.preview(this.#request.mounts);
  }

  /** @throws MooringError `NO_SPACE` when not everything fits */
  refuseFull(): void {
    this.#tally.refuseFull();
  }

  #planItem({ source, destination: wanted, as }: TransferItem): void {
    const destination = this.#destinationAt(wanted);
    const facts = this.#topLevelFacts(source);
    const name = as ?? baseName(source);
    if (facts.isDirectory() && destination.ancestors.has(identityOf(facts))) throw intoItself(source, this.#request.kind);
    const existing = factsIfExists(joinPath(destination.path, name));
    const isItself = existing !== null && isSameFile(existing, facts);
    if (isItself && (this.#request.kind === 'move' || this.#answers.of(source) !== 'rename')) throw sameFile(source, this.#request.kind);
    this.#tally.change(source, joinPath(destination.path, name));
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
      const mount = this.#mountAt(path);
      if (mount?.unresponsive) throw unresponsive(mount);
      if (mount) this.#sourceVolumes.add(mount.fingerprint);
      if (this.#request.kind === 'move') refuseImmovable(source, mount, parent);
      this.#items.push({ source: path, destination: this.#destinationAt(this.#request.items[this.#items.length]?.destination ?? '').path });
      return factsOf(source);
    } catch (error) {
      throw toFsError(error, source);
    }
  }

  /** @param isItself what has the name in the target is this very entry, and is to stay */
  #visit(source: NativePath, facts: FileFacts, name: NativePath, folder: TargetFolder, isItself: boolean): void {
    this.#control.check();
    const refusal = refusalOf(name, facts, folder.destination.mount?.capabilities ?? null);
    const isRenamed = refusal !== null && refusal.proposedName !== null && this.#request.unfitNames === 'rename';
    if (refusal) this.#tally.obstacle(source, refusal.error, refusal.proposedName);
    if (refusal && !isRenamed) return;
    const targetName = isRenamed ? (refusal.proposedName ?? name) : name;
    const target = folder.path === null || isItself ? null : joinPath(folder.path, targetName);
    const visit = { source, facts, name: targetName, folder, target, existing: target === null ? null : factsIfExists(target) };
    if (facts.isDirectory()) this.#visitFolder(visit);
    else this.#visitFile(visit);
  }

  #visitFile(visit: PlannedVisit): void {
    const { source, facts, name, folder, target, existing } = visit;
    const key = folder.mixesNames ? foldName(name) : encodeName(name);
    const rival = folder.planned.get(key);
    if (rival && rival.source !== source) {
      const there = target ?? joinPath(folder.destination.path, name);
      this.#conflict(visit, there, rival.facts, 'file');
      if (this.#answers.of(source) === 'rename') this.#count(visit, null);
      return;
    }
    folder.planned.set(key, { source, facts });
    if (target === null || existing === null) {
      this.#count(visit, null);
      return;
    }
    const mayBeIdentical = this.#request.skipIdentical && facts.isFile() && existing.isFile() && facts.size === existing.size;
    this.#conflict(visit, target, existing, existing.isDirectory() ? 'mismatch' : 'file', mayBeIdentical);
    if (this.#isWritten(visit, existing)) this.#count(visit, existing);
  }

  #visitFolder(visit: PlannedVisit): void {
    const { source, facts, folder, target, existing } = visit;
    if ([...this.#destinations.values()].some((destination) => isSameFile(facts, destination.facts))) {
      throw intoItself(source, this.#request.kind);
    }
    const isMerged = existing?.isDirectory() ?? false;
    if (target && existing && !isMerged) {
      this.#conflict(visit, target, existing, 'mismatch');
      if (this.#answers.of(source) === 'skip') return;
    }
    if (!isMerged && this.#isRenamed(visit)) {
      this.#count(visit, null);
      return;
    }
    if (!existing) this.#tally.folder();
    if (!isMerged && !this.#countAll) return;
    const inner = this.#folderAt(isMerged ? target : null, folder.destination, folder);
    let seen = this.#seen?.begin(source, facts) ?? null;
    try {
      for (const name of namesIn(source)) {
        const found = this.#visitChild(joinPath(source, name), name, inner);
        if (!seen || this.#seen?.note(seen, name, found)) continue;
        this.#seen?.drop(source);
        seen = null;
      }
    } catch (error) {
      this.#seen?.drop(source);
      this.#endOrObstacle(error, source);
    }
  }

  /** @returns what it is; null where that could not be found out */
  #visitChild(path: NativePath, name: NativePath, folder: TargetFolder): FileFacts | null {
    let facts: FileFacts | null = null;
    try {
      const mount = this.#request.mounts.find(({ mountPoint, unresponsive: isDead }) => isDead && mountPoint === path);
      if (mount) throw unresponsive(mount);
      facts = factsOf(path);
      this.#visit(path, facts, name, folder, false);
    } catch (error) {
      this.#endOrObstacle(error, path);
    }
    return facts;
  }

  #endOrObstacle(error: unknown, path: NativePath): void {
    const failure = toFsError(error, path);
    if (failure.code === 'COPY_INTO_ITSELF' || failure.code === 'CANCELLED' || failure.code === 'INTERNAL') throw error;
    this.#tally.obstacle(path, failure, null);
  }

  #conflict({ source, facts }: PlannedVisit, path: NativePath, there: FileFacts, kind: FileConflict['kind'], mayBeIdentical = false): void {
    const isAnswered = mayBeIdentical || this.#answers.answers(source, kind);
    this.#tally.conflict({ source: { path: source, facts }, target: { path, facts: there }, kind, isAnswered });
  }

  /** Whether it is moved without being copied. */
  #isRenamed({ facts, folder }: PlannedVisit): boolean {
    return this.#request.kind === 'move' && facts.dev === folder.destination.facts.dev;
  }

  #isWritten({ source, facts, folder }: PlannedVisit, existing: FileFacts): boolean {
    const answer = this.#answers.of(source);
    if (existing.isDirectory()) return answer === 'rename';
    if (answer === 'newer') return isNewer(facts, existing, folder.destination.mount?.capabilities.timestampGranularityNs ?? 0);
    return answer !== 'skip' && answer !== 'ask';
  }

  #count(visit: PlannedVisit, existing: FileFacts | null): void {
    const { source, facts, folder } = visit;
    const from = facts.isDirectory() ? this.#mountAt(source) : this.#mountOfFile(source);
    const replaced = this.#answers.of(source) === 'rename' ? null : existing;
    this.#tally.entry({ facts, from, destination: folder.destination, strategy: this.#strategyFor(visit, from), replaced });
  }

  #strategyFor(visit: PlannedVisit, from: TransferMount | null): TransferStrategy {
    if (this.#isRenamed(visit)) return 'rename';
    const { facts, mount: to } = visit.folder.destination;
    const isWithin = visit.facts.dev === facts.dev || (from !== null && from.fingerprint === to?.fingerprint);
    if (!isWithin) return 'stream';
    return to?.capabilities.copyOnWrite ? 'clone' : 'kernel';
  }

  #mountAt(path: NativePath): TransferMount | null {
    const found = mountAt(path, this.#request.mounts);
    return this.#request.mounts.find((mount) => mount === found) ?? null;
  }

  /** Files of one folder come one after the other. */
  #mountOfFile(source: NativePath): TransferMount | null {
    const folder = parentOf(source);
    if (!this.#mount || !samePath(this.#mount.folder, folder)) this.#mount = { folder, mount: this.#mountAt(source) };
    return this.#mount.mount;
  }
}
