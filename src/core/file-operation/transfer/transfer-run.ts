import { existsSync } from 'node:fs';
import { inNumbers } from '#core/action/expectations.ts';
import { mountAt } from '#core/fs/mounts.ts';
import type { NativePath } from '#core/fs/native-path.ts';
import { AttributeCopier } from '../file-copy/attributes.ts';
import type { CopyControl } from '../file-copy/copy-control.ts';
import { flushFolder } from '../file-copy/flush.ts';
import { SecondThread } from '../file-copy/second-thread.ts';
import { factsIfExists } from '../file-facts.ts';
import { ConflictAnswers } from './conflict-answers.ts';
import { checkDestination, type Destination, isStillThere } from './destination.ts';
import { type FolderPair, PlacedFiles } from './folder-pair.ts';
import { type OpenCopiers, openCopiers } from './open-copiers.ts';
import { Placing } from './placing.ts';
import { refuseUnmounted } from './refuse-unmounted.ts';
import { ResumeRecord } from './resume-record.ts';
import { SameVolumeMove } from './same-volume-move.ts';
import { SeenFolders } from './seen-folders.ts';
import { TransferEnd } from './transfer-end.ts';
import { encodeName, OPEN_ENDING, TransferJournal } from './transfer-journal.ts';
import type { TransferItem, TransferMessage, TransferRequest, TransferRunTask } from './transfer-messages.ts';
import type { WalkItem } from './transfer-parts.ts';
import { TransferPlanner } from './transfer-planner.ts';
import { TransferStage } from './transfer-stage.ts';
import { newState, type TransferState } from './transfer-state.ts';
import { TransferTally } from './transfer-tally.ts';
import { TransferWalk } from './transfer-walk.ts';

export interface TransferRunOptions {
  task: TransferRunTask;
  control: CopyControl;
  send(message: TransferMessage): void;
}

/** What a run is made of. */
interface Parts {
  journal: TransferJournal;
  tally: TransferTally;
  end: TransferEnd;
  copiers: OpenCopiers;
  stage: TransferStage;
  walk: TransferWalk;
}

/**
 * A copy or move from its beginning, or from where it was interrupted, to its end. Each file is written under a temporary name, flushed,
 * verified and then given its name; what does not work is reported, and the rest goes on, unless a volume is gone or full.
 */
export class TransferRun {
  readonly #options: TransferRunOptions;
  readonly #items: readonly WalkItem[];
  readonly #destinations: readonly Destination[];
  readonly #state: TransferState;
  readonly #seen: SeenFolders;

  /** @throws MooringError about a source or a destination, `NO_SPACE`; `CopyStopped` */
  constructor(options: TransferRunOptions) {
    this.#options = options;
    const { request, state } = options.task;
    refuseUnmounted(request);
    this.#seen = new SeenFolders(() => {
      if (!isOnSpinningDisk(request)) SecondThread.prepare();
    });
    const destinations = new Map<string, Destination>();
    this.#items = request.items.map(({ source, destination: path, as }) => {
      const destination = destinations.get(encodeName(path)) ?? checkDestination(path, request.mounts);
      destinations.set(encodeName(path), destination);
      return { source, destination, as: as ?? null };
    });
    this.#destinations = [...destinations.values()];
    this.#state = state ?? this.#begin();
  }

  /** @throws MooringError `CANCELLED`, `NO_SPACE`, `VOLUME_OFFLINE`, `IO_ERROR`: what is complete stays, and else only what can be continued */
  async run(): Promise<TransferState> {
    const parts = this.#start();
    const { end, tally, walk } = parts;
    let outcome: 'ended' | 'paused' | 'broken' = 'broken';
    try {
      await walk.run();
      await this.#flush(tally);
      outcome = 'ended';
      return this.#state;
    } catch (error) {
      const reason = this.#reasonOf(error, end);
      if (end.pauses(reason, this.#destinations[0]?.path ?? '')) outcome = 'paused';
      throw reason;
    } finally {
      await this.#finish(parts, outcome);
    }
  }

  /** Whatever could not be done: often a volume has gone. */
  #reasonOf(error: unknown, end: TransferEnd): unknown {
    try {
      end.check(error, this.#destinations[0]?.path ?? '');
      return error;
    } catch (reason) {
      return reason;
    }
  }

  #start(): Parts {
    const { task, control, send } = this.#options;
    const { request, header, journalPath } = task;
    const [state, items] = [this.#state, this.#items];
    const answers = new ConflictAnswers(request);
    const resumed = ResumeRecord.read(journalPath, state.journalBytes, answers.mayReplace);
    const tally = new TransferTally({ deviceId: request.deviceId, state, send });
    const end = new TransferEnd(request, this.#destinations, () => state.bytesTotal - state.bytesDone);
    const journal = TransferJournal.open(journalPath, header);
    const copiers = openCopiers({ control, parallel: !isOnSpinningDisk(request), checkTarget: () => end.checkTargets() });
    const placed = new PlacedFiles();
    const links = new Map<string, NativePath>();
    const granularityNs = ({ item }: FolderPair) => items[item]?.destination.mount?.capabilities.timestampGranularityNs ?? 0;
    const placing = new Placing({ kind: request.kind, journal, tally, answers, placed, links, granularityNs });
    const attributes = new AttributeCopier();
    const common = { control, journal, tally, end, resumed, attributes, seen: this.#seen, tempId: header.tempId };
    const stage = new TransferStage({ ...common, placing, copiers: (hash) => copiers.get(hash) });
    const walk = new TransferWalk({ ...common, request, items, stage, answers, placed, links, moving: new SameVolumeMove(journal) });
    return { journal, tally, end, copiers, stage, walk };
  }

  async #finish({ journal, tally, copiers, stage, walk }: Parts, outcome: 'ended' | 'paused' | 'broken'): Promise<void> {
    this.#state.result.readPastCache = copiers.readPastCache;
    // Nothing goes on from there: it tells what was done in the end.
    if (outcome === 'broken') tally.checkpoint(this.#state.cursor, this.#state.journalBytes, false);
    const isTidy = await stage.discard(outcome === 'paused');
    if (outcome === 'broken') walk.leave();
    journal.close(outcome === 'ended' || (outcome === 'broken' && isTidy && this.#destinations.every(isStillThere)));
    copiers[Symbol.dispose]();
    tally.tell();
  }

  async #flush(tally: TransferTally): Promise<void> {
    tally.phase('flushing');
    for (const { path } of this.#destinations) await this.#options.control.during(flushFolder(path));
  }

  /** Killed before it could say how far it had come, a run may have moved items away: its journal knows of them. */
  #itemsLeft(): TransferItem[] {
    const { request, journalPath } = this.#options.task;
    if (!existsSync(journalPath + OPEN_ENDING)) return request.items;
    return request.items.filter(({ source }) => factsIfExists(source) !== null);
  }

  /** Plans: what does not fit ends it before the first byte. What is in the way is left alone, and reported. */
  #begin(): TransferState {
    const { task, control, send } = this.#options;
    const nothing = { currentItem: null, itemsDone: 0, itemsTotal: null, bytesDone: 0, bytesTotal: null };
    send({ type: 'progress', progress: { phase: 'planning', ...nothing } });
    const planner = new TransferPlanner({ ...task.request, items: this.#itemsLeft() }, true, control, this.#seen);
    planner.refuseFull();
    const { items, bytes } = planner.totals;
    return newState(items, bytes, inNumbers(planner.preview));
  }
}

function isOnSpinningDisk({ items, mounts }: TransferRequest): boolean {
  const places = items.flatMap(({ source, destination }) => [source, destination]);
  return places.some((place) => mounts.some((mount) => mount === mountAt(place, mounts) && mount.isSpinning));
}
