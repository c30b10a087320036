import { open } from 'node:fs/promises';
import { LogLine } from '#shared/contract/system.ts';
import { listLogFiles } from './daily-log-file.ts';

const CHUNK_BYTES = 256 * 1024;

/** The newest `count` lines of the log, oldest first. Lines that are not whole are left out. */
export async function readLogTail(dir: string, count: number): Promise<LogLine[]> {
  let newest: LogLine[] = [];
  for (const path of listLogFiles(dir).toReversed()) {
    if (newest.length >= count) break;
    newest = [...(await readFileTail(path, count - newest.length)), ...newest];
  }
  return newest;
}

/** Reads a file from its end, as far back as needed. */
async function readFileTail(path: string, count: number): Promise<LogLine[]> {
  const file = await open(path, 'r');
  try {
    let position = (await file.stat()).size;
    let tail = Buffer.alloc(0);
    let lines: LogLine[] = [];
    while (position > 0 && lines.length < count) {
      const length = Math.min(CHUNK_BYTES, position);
      position -= length;
      const chunk = Buffer.alloc(length);
      await file.read(chunk, 0, length, position);
      tail = Buffer.concat([chunk, tail]);
      lines = parseLines(tail.toString('utf8'));
    }
    return count === 0 ? [] : lines.slice(-count);
  } finally {
    await file.close();
  }
}

function parseLines(text: string): LogLine[] {
  return text
    .split('\n')
    .map(parseLine)
    .filter((line) => line !== null);
}

function parseLine(text: string): LogLine | null {
  try {
    const { time, level, component = 'engine', msg = '', ...fields } = JSON.parse(text);
    return LogLine.parse({ at: time, level, component, message: msg, fields });
  } catch {
    // The first line of a chunk is cut, and the last line of a crash may be.
    return null;
  }
}
