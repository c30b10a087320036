import { closeSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const FILE_NAME = /^mooring-(\d{4}-\d{2}-\d{2})\.log$/;

/** The log files in a folder, oldest first. */
export function listLogFiles(dir: string): string[] {
  return readdirSync(dir)
    .filter((name) => FILE_NAME.test(name))
    .sort()
    .map((name) => join(dir, name));
}

/** Where pino writes: a new file each day (UTC); files beyond the newest `keepDays` are removed. */
export class DailyLogFile {
  #day = '';
  #fd: number | null = null;
  #closed = false;
  readonly #dir: string;
  readonly #keepDays: number;
  readonly #now: () => Date;

  constructor(dir: string, keepDays: number, now: () => Date = () => new Date()) {
    this.#dir = dir;
    this.#keepDays = keepDays;
    this.#now = now;
  }

  write(line: string): void {
    if (this.#closed) return;
    try {
      const day = this.#now().toISOString().slice(0, 10);
      if (day !== this.#day || this.#fd === null) this.#open(day);
      if (this.#fd !== null) writeSync(this.#fd, line);
    } catch {
      // A full or vanished disk must not take the engine down with its log; the next line tries again with a fresh file.
      this.#release();
    }
  }

  close(): void {
    this.#closed = true;
    this.#release();
  }

  #open(day: string): void {
    this.#release();
    this.#fd = openSync(join(this.#dir, `mooring-${day}.log`), 'a', 0o600);
    this.#day = day;
    for (const old of listLogFiles(this.#dir).slice(0, -this.#keepDays)) rmSync(old, { force: true });
  }

  #release(): void {
    const fd = this.#fd;
    this.#fd = null;
    if (fd !== null) closeSync(fd);
  }
}
