import { mkdirSync } from 'node:fs';
import { type LevelWithSilent, type Logger as PinoLogger, pino } from 'pino';
import { DailyLogFile } from './daily-log-file.ts';
import type { Logger } from './logger.ts';

export type LogLevel = Exclude<LevelWithSilent, 'silent'>;

/** The logger that all others are children of. Whoever creates it closes it. */
export type RootLogger = Logger & {
  /** Changes the level of this logger and of every child of it, also of those that exist already. */
  setLevel(level: LogLevel): void;
  close(): void;
};

export interface LoggerOptions {
  /** Folder of the log files; created when missing. */
  dir: string;
  level: LogLevel;
  keepDays: number;
}

/**
 * A log of one file per day, `mooring-YYYY-MM-DD.log` (days in UTC), one JSON object per line. Lines are written before the
 * call returns: what happened before a crash is on disk.
 * @throws when the folder cannot be created
 */
export function createLogger({ dir, level, keepDays }: LoggerOptions): RootLogger {
  mkdirSync(dir, { recursive: true });
  const file = new DailyLogFile(dir, keepDays);
  const children = new LivingChildren();
  const root = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      onChild: (child) => children.add(child),
    },
    file,
  );
  return Object.assign(root, {
    setLevel(next: LogLevel) {
      root.level = next;
      for (const child of children) child.level = next;
    },
    close: () => file.close(),
  });
}

/** For tests and tools that want no log. */
export const silentLogger: Logger = pino({ level: 'silent' });

/** pino gives each child a level of its own. This remembers the children, without keeping those alive that nobody uses any more. */
class LivingChildren {
  #references = new Set<WeakRef<PinoLogger>>();
  #collected = new FinalizationRegistry<WeakRef<PinoLogger>>((reference) => this.#references.delete(reference));

  add(child: PinoLogger): void {
    const reference = new WeakRef(child);
    this.#references.add(reference);
    this.#collected.register(child, reference);
  }

  *[Symbol.iterator](): Generator<PinoLogger> {
    for (const reference of this.#references) {
      const child = reference.deref();
      if (child) yield child;
    }
  }
}
