import { displayName } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { MooringError } from '#shared/contract/error.ts';
import type { Outcome } from '../file-copy/copy-item.ts';
import type { FileCopier } from '../file-copy/file-copier.ts';
import { factsOf } from '../file-facts.ts';
import type { StagedFile } from './stage-item.ts';

/** Compares copies with what was read, in the way that each asks for. @returns whether each is equal, in their order @throws CopyStopped */
export async function compareCopies(files: readonly StagedFile[], copier: FileCopier): Promise<Outcome<boolean>[]> {
  const hashed = files.filter(({ item, copied }) => item.verify === 'hash' && copied?.digest);
  const outcomes = await copier.verifyBatch(
    hashed.map(({ temp, copied }) => ({ path: temp, bytes: copied?.bytes ?? 0, digest: copied?.digest ?? '' })),
  );
  const byFile = new Map(hashed.map((file, index) => [file, outcomes[index]]));
  return files.map((file) => byFile.get(file) ?? (file.item.verify === 'size' ? compareSize(file) : { value: true }));
}

/** Null when it is equal; else why not. @throws CopyStopped */
export async function errorOfCopy(file: StagedFile, copier: FileCopier): Promise<unknown> {
  const [outcome] = await compareCopies([file], copier);
  if (outcome && 'error' in outcome) return outcome.error;
  return outcome?.value === false ? unverified(file) : null;
}

function compareSize({ temp, copied }: StagedFile): Outcome<boolean> {
  try {
    return { value: factsOf(temp).size === BigInt(copied?.bytes ?? -1) };
  } catch (error) {
    return { error };
  }
}

function unverified({ item }: StagedFile): MooringError {
  return reasonError('VERIFICATION_FAILED', 'reads-differently', { path: displayName(item.source) });
}
