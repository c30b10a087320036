import { displayName, type NativePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { ConflictAnswer, ConflictPolicy } from '#shared/contract/file.ts';
import { type FileFacts, factsIfExists, isNewer, isSameFile } from '../file-facts.ts';
import { type FolderPair, type PlacedFiles, targetIn } from './folder-pair.ts';
import { encodeName } from './transfer-journal.ts';
import type { TransferRequest } from './transfer-messages.ts';

/** How a name is to be taken: a free one alone, over the file that has it, or the next free number. */
export type Placement = 'new' | 'over' | 'numbered';

/** What the user has said for names that are taken. */
export class ConflictAnswers {
  readonly #policy: ConflictPolicy;
  readonly #bySource: ReadonlyMap<string, ConflictAnswer>;

  constructor({ onConflict, answers }: Pick<TransferRequest, 'onConflict' | 'answers'>) {
    this.#policy = onConflict;
    this.#bySource = new Map(answers.map(({ source, answer }) => [encodeName(source), answer]));
  }

  of(source: NativePath): ConflictPolicy {
    return this.#bySource.get(encodeName(source)) ?? this.#policy;
  }

  /** Whether a conflict of that kind is answered. Where a folder meets a file, only skipping and another name are answers. */
  answers(source: NativePath, kind: 'file' | 'mismatch'): boolean {
    const answer = this.of(source);
    return answer !== 'ask' && (kind === 'file' || answer === 'skip' || answer === 'rename');
  }

  /** Whether files may be replaced at all: then it has to be remembered which ones were placed. */
  get mayReplace(): boolean {
    return [this.#policy, ...this.#bySource.values()].some((answer) => answer === 'overwrite' || answer === 'newer');
  }
}

export interface TakenName {
  source: NativePath;
  facts: FileFacts;
  /** What has the name. */
  existing: FileFacts;
  folder: FolderPair;
  name: NativePath;
}

/**
 * How a file is placed whose name is taken; null to leave everything as it is.
 *
 * @throws MooringError `SAME_FILE`, `CONFLICT`, `PATH_ALREADY_EXISTS`: it is left alone, and reported
 */
export function placementFor(answers: ConflictAnswers, placed: PlacedFiles, taken: TakenName, granularityNs: number): Placement | null {
  const { source, facts, existing } = taken;
  const answer = answers.of(source);
  if (answer === 'rename') return 'numbered';
  const shown = displayName(source);
  if (isSameFile(facts, existing)) throw reasonError('SAME_FILE', 'that-very-file', { path: shown });
  if (answer === 'skip') return null;
  if (isOfThisTransfer(placed, taken)) {
    throw reasonError('CONFLICT', 'name-taken-by-another', { path: shown });
  }
  if (existing.isDirectory()) throw reasonError('CONFLICT', 'folder-in-the-way', { path: shown });
  if (answer === 'overwrite') return 'over';
  if (answer === 'newer') return isNewer(facts, existing, granularityNs) ? 'over' : null;
  throw reasonError('PATH_ALREADY_EXISTS', 'name-taken-left-alone', { path: shown });
}

/** Whether this transfer has put there what has the name, also in another spelling that the file system takes for the same. */
export function isOfThisTransfer(
  placed: PlacedFiles,
  { existing, folder, name }: Pick<TakenName, 'existing' | 'folder' | 'name'>,
): boolean {
  if (placed.has(existing)) return true;
  return folder.claims.like(name).some((claimed) => {
    if (encodeName(claimed) === encodeName(name)) return true;
    const facts = factsIfExists(targetIn(folder, claimed));
    return facts !== null && isSameFile(facts, existing);
  });
}
