import { readFileSync, rmSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

const PidFile = z.object({
  pid: z.number().int().positive(),
  startedAt: z.string(),
  instance: z.string(),
  dataDir: z.string(),
  socketPath: z.string(),
  httpAddress: z.string().nullable(),
  host: z.enum(['desktop', 'daemon', 'test']),
});

/** Who serves an instance: information for people and for `mooring status`, never a lock. */
export type PidFile = z.infer<typeof PidFile>;

export function writePidFile(path: string, content: PidFile): void {
  writeFileAtomic.sync(path, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}

/** Null when there is none, or when what is there is not one of ours. */
export function readPidFile(path: string): PidFile | null {
  try {
    return PidFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Missing, half written by a dying computer, or damaged: all mean that nobody is known.
    return null;
  }
}

/** Removes the file when it is this process's own. */
export function removePidFile(path: string): void {
  if (readPidFile(path)?.pid === process.pid) rmSync(path, { force: true });
}
