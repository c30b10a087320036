import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeTestDir } from './test-run.ts';

const migrationsDir = fileURLToPath(new URL('../../migrations', import.meta.url));

/** A copy of the migrations of this version with further ones after them: what the next version would bring. */
export async function makeExtraMigrations(...statements: string[]): Promise<string> {
  const folder = await makeTestDir('migrations');
  await cp(migrationsDir, folder, { recursive: true });
  const journalPath = join(folder, 'meta', '_journal.json');
  const journal: { entries: { idx: number; tag: string }[] } = JSON.parse(await readFile(journalPath, 'utf8'));
  for (const [index, sql] of statements.entries()) {
    const idx = journal.entries.length;
    const tag = `${String(idx).padStart(4, '0')}_extra_${index}`;
    journal.entries.push({ idx, tag });
    await writeFile(join(folder, `${tag}.sql`), sql);
  }
  await writeFile(journalPath, JSON.stringify(journal));
  return folder;
}
