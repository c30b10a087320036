import { randomUUID } from 'node:crypto';
import { open, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { MooringError } from '#shared/contract/error.ts';
import type { LiveVolume } from './live-volume.ts';
import { CommandError, type CommandRunner, runCommand } from './run-command.ts';

/** At the root of a volume that has no identity of its own, written with the user's consent. */
export const MARKER_NAME = '.mooring-volume';

const Marker = z.object({ version: z.literal(1), id: z.uuid() });
const LARGEST_MARKER_BYTES = 4096;

/**
 * Writes a marker and returns its id; one that is there already is kept.
 *
 * @throws MooringError `VOLUME_READ_ONLY`, `VOLUME_UNRESPONSIVE`, `IO_ERROR`; `CONFLICT` when something else has that name
 */
export async function writeMarker(volume: LiveVolume, timeoutMs: number): Promise<string> {
  const [mountPoint = ''] = volume.mountPoints;
  const existing = await readMarker(volume, timeoutMs);
  if (existing !== null) return existing;
  const id = randomUUID();
  const filePath = path.join(mountPoint, MARKER_NAME);
  const text = `${JSON.stringify({ version: 1, id, about: 'Mooring knows this volume again by this file.' })}\n`;
  try {
    // Exclusive: never over a file that is not ours.
    const file = await open(filePath, 'wx', 0o644);
    try {
      await file.writeFile(text);
      await file.sync();
    } catch (error) {
      await unlink(filePath);
      throw error;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw markerError(error, filePath);
  }
  return id;
}

/** The id in a volume's marker; null where there is none that can be read within the time. */
export async function readMarker(volume: Pick<LiveVolume, 'mountPoints' | 'mayHang'>, timeoutMs: number, run: CommandRunner = runCommand) {
  const [mountPoint = ''] = volume.mountPoints;
  const filePath = path.join(mountPoint, MARKER_NAME);
  try {
    const text =
      volume.mayHang && process.platform !== 'win32' ? await readInChild(filePath, timeoutMs, run) : await readFile(filePath, 'utf8');
    const marker = Marker.safeParse(JSON.parse(text));
    return marker.success ? marker.data.id : null;
  } catch {
    return null; // Not there, not readable, or not ours: the volume's identity stays weak.
  }
}

/** A read that hangs on a dead mount would take one of Node's four threads with it; a child can be left behind. */
async function readInChild(filePath: string, timeoutMs: number, run: CommandRunner): Promise<string> {
  const { stdout } = await run('head', ['-c', String(LARGEST_MARKER_BYTES), '--', filePath], { timeoutMs });
  return stdout;
}

function markerError(error: unknown, filePath: string): unknown {
  if (error instanceof CommandError || !(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'EROFS')
    return new MooringError('VOLUME_READ_ONLY', 'The volume is read-only: no marker can be written on it.', { cause: error });
  if (error.code === 'EEXIST') {
    return new MooringError('CONFLICT', `${filePath} exists and is not a marker of Mooring. Rename it, then try again.`, { cause: error });
  }
  if (error.code === 'EACCES' || error.code === 'EPERM') {
    return new MooringError('PERMISSION_DENIED', `You may not write ${filePath}. Change the permissions of that folder, then try again.`, {
      cause: error,
    });
  }
  return new MooringError('IO_ERROR', `${filePath} could not be written: ${error.message}.`, { cause: error });
}
