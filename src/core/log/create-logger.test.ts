import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from './create-logger.ts';
import { DailyLogFile } from './daily-log-file.ts';
import { readLogTail } from './read-log-tail.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'mooring-log-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the log', () => {
  it('writes lines with component, library and stack, and reads them back', async () => {
    const log = createLogger({ dir, level: 'info', keepDays: 7 });
    const child = log.child({ component: 'library', library: 'abc' });
    child.debug('not this');
    child.error({ err: new Error('broken') }, 'That failed');
    log.close();
    const [line] = await readLogTail(dir, 10);
    expect(line).toMatchObject({ level: 'error', component: 'library', message: 'That failed', fields: { library: 'abc' } });
    expect(JSON.stringify(line?.fields)).toContain('create-logger.test.ts');
  });

  it('changes the level of children that exist already', async () => {
    const log = createLogger({ dir, level: 'info', keepDays: 7 });
    const child = log.child({ component: 'volume' }).child({ job: 'x' });
    child.debug('before');
    log.setLevel('debug');
    child.debug('after');
    log.close();
    expect((await readLogTail(dir, 10)).map(({ message }) => message)).toEqual(['after']);
  });

  it('begins a file each day and keeps the newest seven, and no other file is touched', () => {
    writeFileSync(join(dir, 'mooring-notes.log'), '');
    let now = Date.UTC(2026, 0, 1);
    const file = new DailyLogFile(dir, 7, () => new Date(now));
    for (let day = 0; day < 10; day++) {
      file.write(`${day}\n`);
      file.write('again\n');
      now += 24 * 3600 * 1000;
    }
    file.close();
    const names = readdirSync(dir).sort();
    expect(names).toHaveLength(8);
    expect(names.slice(0, 2)).toEqual(['mooring-2026-01-04.log', 'mooring-2026-01-05.log']);
    expect(names.at(-1)).toBe('mooring-notes.log');
    expect(readFileSync(join(dir, 'mooring-2026-01-10.log'), 'utf8')).toBe('9\nagain\n');
  });

  it('finds the newest lines across files, and skips torn ones', async () => {
    const line = (message: string) => `${JSON.stringify({ level: 'info', time: '2026-01-01T00:00:00.000Z', msg: message })}\n`;
    writeFileSync(join(dir, 'mooring-2026-01-01.log'), line('one') + line('two'));
    writeFileSync(join(dir, 'mooring-2026-01-02.log'), `${line(`three ${'x'.repeat(300_000)}`)}${line('four')}{"level": "in`);
    const messages = async (count: number) => (await readLogTail(dir, count)).map(({ message }) => message.slice(0, 5));
    expect(await messages(1)).toEqual(['four']);
    expect(await messages(3)).toEqual(['two', 'three', 'four']);
    expect(await messages(100)).toEqual(['one', 'two', 'three', 'four']);
  });
});
