import { displayName } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import { type FileFacts, factsIfExists, isSameFile } from '../file-facts.ts';
import { type Placement, placementFor } from './conflict-answers.ts';
import type { FinishedBefore } from './finished-before.ts';
import { targetIn, type Visited } from './folder-pair.ts';
import { removeSource } from './remove-source.ts';
import { hasSameBytes } from './same-bytes.ts';
import { encodeName } from './transfer-journal.ts';
import type { TransferParts } from './transfer-parts.ts';

/** What has the names that entries want in the target, and what becomes of the entries then. */
export class TakenNames {
  readonly #parts: TransferParts;
  readonly #finished: FinishedBefore;

  constructor(parts: TransferParts, finished: FinishedBefore) {
    this.#parts = parts;
    this.#finished = finished;
  }

  /** Null when the name is free. */
  async existing({ folder, targetName }: Visited): Promise<FileFacts | null> {
    // In a folder that nobody else looks into there is only what this transfer has put there.
    if (folder.hidden && folder.claims.like(targetName).length === 0) return null;
    if (folder.hidden) await this.#parts.stage.settle();
    return factsIfExists(targetIn(folder, targetName));
  }

  /** How a file is placed; null when it was left out, and counted. @throws MooringError why it is left alone */
  async placementOfFile(visited: Visited, existing: FileFacts): Promise<Placement | null> {
    if (await this.#leaveIdentical(visited, existing)) return null;
    const { answers, placed, items, stage, tally } = this.#parts;
    const { source, facts, folder, targetName } = visited;
    const granularityNs = items[folder.item]?.destination.mount?.capabilities.timestampGranularityNs ?? 0;
    const decided = placementFor(answers, placed, { source, facts, existing, folder, name: targetName }, granularityNs);
    if (decided !== null) return decided;
    stage.after(() => {
      tally.state.result.skipped++;
      tally.itemDone(Number(facts.size));
    });
    return null;
  }

  /** Where a folder cannot merge with what has its name: null when it was left out, and counted. @throws MooringError why it is left alone */
  placementOfFolder({ source, facts }: Visited, existing: FileFacts): Placement | null {
    const { answers, stage, tally } = this.#parts;
    const answer = answers.of(source);
    if (answer === 'rename') return 'numbered';
    if (answer === 'skip') {
      stage.after(() => {
        tally.state.result.skipped++;
      });
      return null;
    }
    const code = isSameFile(existing, facts) ? 'SAME_FILE' : 'CONFLICT';
    throw reasonError(code, 'folder-place-taken', { path: displayName(source) });
  }

  /** Where the target holds the same bytes already, and the user does not want them twice. */
  async #leaveIdentical({ folder, name, source, facts, targetName }: Visited, existing: FileFacts): Promise<boolean> {
    const { request, control, stage, tally, journal } = this.#parts;
    const mayBe = request.skipIdentical && facts.isFile() && existing.isFile() && facts.size === existing.size;
    if (!mayBe || isSameFile(facts, existing) || !hasSameBytes(source, targetIn(folder, targetName), control)) return false;
    if (request.kind === 'move') {
      await stage.settle();
      await this.#finished.makeDurable(targetIn(folder, targetName));
      journal.add({ do: 'identical', in: folder.id, from: encodeName(name), to: encodeName(targetName) });
      journal.write();
      removeSource(source, facts);
      tally.changed(folder.source, name);
    }
    stage.after(() => {
      tally.state.result.identical++;
      tally.itemDone(Number(facts.size));
    });
    return true;
  }
}
