import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { volumes } from '#core/db/schema.ts';
import { isLockDraft } from '#core/library/library-lock.ts';
import { EngineProcess } from '#test/instruments/engine-process-client.ts';
import { makeExtraMigrations } from '#test/instruments/extra-migrations.ts';
import { startTestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const ROUNDS = 20;
/** Every other process is killed within this time of its first line: while it starts and migrates; the others while they work, and some after it. */
const LONGEST_LIFE_MS = 700;

/** A migration that takes long enough to be killed in. */
function slowMigration(number: number): string {
  return [
    `CREATE TABLE \`extra_${number}\` (id integer PRIMARY KEY, text text NOT NULL);`,
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO \`extra_${number}\` SELECT i, hex(randomblob(20)) FROM n;`,
    `CREATE INDEX \`extra_${number}_text\` ON \`extra_${number}\` (text);`,
  ].join('\n--> statement-breakpoint\n');
}

it(`survives being killed ${ROUNDS} times while it starts, migrates, creates and tracks`, { timeout: 600_000 }, async () => {
  const dataDir = await makeTestDir('killed');
  const acknowledged = { libraries: new Set<string>(), tracked: new Map<string, string>() };
  const migrations: string[] = [];
  let starts = 0;
  for (let round = 0; round < ROUNDS; round++) {
    migrations.push(slowMigration(round));
    await using process = new EngineProcess('churn', dataDir, await makeExtraMigrations(...migrations));
    await process.said(round % 2 ? 'starting' : round % 4 ? 'started' : 'tracked');
    await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_LIFE_MS));
    expect(await process.kill()).toBe('');
    for (const line of process.lines) {
      if ('started' in line) starts++;
      if (typeof line.created === 'string') acknowledged.libraries.add(line.created);
      if (typeof line.tracked === 'string') acknowledged.tracked.set(line.tracked, String(line.library));
    }
  }

  await using test = await startTestEngine({ dataDir, migrationsDir: await makeExtraMigrations(...migrations) });
  expect(test.services.notices.all).toEqual([]);
  const { items } = await test.client.libraries.list();
  expect(items.filter(({ status }) => status === 'failed')).toEqual([]);
  for (const id of acknowledged.libraries) await test.client.libraries.open({ library: id });
  for (const [fingerprint, id] of acknowledged.tracked) {
    const rows = test.services.libraries.resolve(id).read((db) => db.select().from(volumes).all());
    expect(rows.map((row) => row.fingerprint)).toContain(fingerprint);
  }
  for (const library of test.services.libraries.opened) {
    expect(await test.client.libraries.optimize({ library: library.id })).toMatchObject({ integrity: 'ok' });
    const database = new Database(join(library.path, 'database.db'), { readonly: true });
    const rows = database.prepare(`SELECT count(*) AS count FROM extra_${ROUNDS - 1}`).all();
    database.close();
    expect(rows).toEqual([{ count: 3000 }]);
  }
  const folders = (await readdir(join(dataDir, 'libraries'))).filter((name) => !name.endsWith('.sdlibrary'));
  // A draft without a lock may be somebody's for a minute: nothing is in it yet but, it may be, a draft of its lock.
  const leftovers = await Promise.all(folders.map((name) => readdir(join(dataDir, 'libraries', name))));
  expect(leftovers.flat().filter((name) => !isLockDraft(name))).toEqual([]);
  expect((await readdir(dataDir)).filter((name) => /\.json\..+/.test(name))).toEqual([]);
  // Else nothing of the above was put to the test.
  expect(starts).toBeGreaterThanOrEqual(ROUNDS / 2);
  expect(acknowledged.libraries.size).toBeGreaterThan(0);
  expect(acknowledged.tracked.size).toBeGreaterThan(0);
});
