import { access, constants, opendir, stat } from 'node:fs/promises';
import { MooringError } from '#shared/contract/error.ts';
import { toFsError } from './fs-error.ts';
import { displayName, type NativePath } from './native-path.ts';

/** A drive that has to wake up answers within this time. */
const ANSWER_TIMEOUT_MS = 10_000;

/**
 * Opens a folder, for what is going to read it for long.
 *
 * @throws MooringError `PATH_NOT_FOUND`, `NOT_A_FOLDER`, `PERMISSION_DENIED`, `IO_ERROR`, and `VOLUME_UNRESPONSIVE` after ten seconds
 */
export async function refuseUnlessReadable(path: NativePath): Promise<void> {
  try {
    await answerInTime(open(path), path);
  } catch (error) {
    throw toFsError(error, path);
  }
}

/** @throws an error of `node:fs`, or MooringError */
async function open(path: NativePath): Promise<void> {
  if (!(await stat(path)).isDirectory()) throw new MooringError('NOT_A_FOLDER', `“${displayName(path)}” is not a folder.`);
  await access(path, constants.R_OK | constants.X_OK);
  // A server may refuse what the permissions allow.
  await (await opendir(path as string)).close();
}

async function answerInTime<T>(work: Promise<T>, path: NativePath): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () =>
      reject(
        new MooringError('VOLUME_UNRESPONSIVE', `The volume of “${displayName(path)}” does not answer in time. Try again when it does.`),
      ),
    ANSWER_TIMEOUT_MS,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
