import { toFsError } from '#core/fs/fs-error.ts';
import { displayName } from '#core/fs/native-path.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { FileCopying } from '../file-copy/file-copier.ts';
import { factsOf } from '../file-facts.ts';
import type { StagedFile } from './transfer-stage.ts';

/** Compares copies with what was read, in the way that each asks for. @returns those that do not compare equal, and why */
export async function verifyAll(files: readonly StagedFile[], copying: FileCopying): Promise<Map<StagedFile, unknown>> {
  const wrong = new Map<StagedFile, unknown>();
  for (const file of files) {
    const error = file.item.verify === 'size' ? sizeError(file) : null;
    if (error !== null) wrong.set(file, error);
  }
  const hashed = files.filter(({ item, copied }) => item.verify === 'hash' && copied?.digest);
  const outcomes = await copying.verifyBatch(
    hashed.map(({ temp, copied }) => ({ path: temp, bytes: copied?.bytes ?? 0, digest: copied?.digest ?? '' })),
  );
  outcomes.forEach((outcome, index) => {
    const file = hashed[index];
    if (file && 'error' in outcome) wrong.set(file, outcome.error);
    if (file && 'value' in outcome && !outcome.value) wrong.set(file, unverified(file));
  });
  return wrong;
}

/** Null when it is; else why not. */
export async function isVerified(file: StagedFile, copying: FileCopying): Promise<unknown> {
  return (await verifyAll([file], copying)).get(file) ?? null;
}

function sizeError(file: StagedFile): unknown {
  try {
    return factsOf(file.temp).size === BigInt(file.copied?.bytes ?? -1) ? null : unverified(file);
  } catch (error) {
    return toFsError(error, file.temp);
  }
}

function unverified({ item }: StagedFile): MooringError {
  const message = `“${displayName(item.source)}” reads differently from the target than from the source, twice. The copy was removed.`;
  return new MooringError('VERIFICATION_FAILED', message);
}
