import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** One step of a library's database. A database whose `user_version` is n has had the first n. */
export interface Migration {
  name: string;
  statements: string[];
}

/** drizzle-kit's list of migrations (`meta/_journal.json`), as far as it matters here. */
const Journal = z.object({ entries: z.array(z.object({ idx: z.number().int(), tag: z.string() })) });
const BREAKPOINT = '--> statement-breakpoint';

/** Reads the migrations that drizzle-kit has written, in order. */
export function readMigrations(dir: string = findMigrationsDir()): Migration[] {
  const { entries } = Journal.parse(JSON.parse(readFileSync(journalPath(dir), 'utf8')));
  return entries
    .toSorted((a, b) => a.idx - b.idx)
    .map(({ tag }) => ({
      name: tag,
      statements: readFileSync(join(dir, `${tag}.sql`), 'utf8')
        .split(BREAKPOINT)
        .filter((statement) => statement.trim() !== ''),
    }));
}

/**
 * The folder `migrations/` that belongs to this program: the first one found from this file upwards. That holds for the
 * sources, for the build in `out/main`, and for the packaged app, whose archive contains both.
 */
function findMigrationsDir(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(journalPath(join(dir, 'migrations')))) {
    const parent = dirname(dir);
    if (parent === dir) throw new Error('The folder “migrations” is missing from this installation.');
    dir = parent;
  }
  return join(dir, 'migrations');
}

function journalPath(dir: string): string {
  return join(dir, 'meta', '_journal.json');
}
