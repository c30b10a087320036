import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { Job, JobProgress } from '#shared/contract/job.ts';
import { progressLine } from '../progress-bar.ts';
import { formatJob, formatJobKinds, formatJobs } from './job.ts';
import { pausedText } from './job-state.ts';
import { jobTitle } from './job-title.ts';
import { formatScanOutcome } from './scan.ts';

const output = { colors: pc.createColors(false), units: 'si' as const };
const ID = '01890000-0000-7000-8000-000000000001';
const PROGRESS: JobProgress = {
  fraction: null,
  phase: 'discovery',
  currentItem: null,
  itemsDone: 0,
  itemsTotal: null,
  bytesDone: 0,
  bytesTotal: null,
  bytesPerSecond: null,
  secondsLeft: null,
  warnings: 0,
};

function job(changes: Partial<Job> = {}): Job {
  return {
    id: ID,
    name: 'location-scan',
    libraryId: ID,
    input: {},
    status: 'running',
    pauseReason: null,
    isResumable: true,
    priority: 'user',
    turn: 0,
    parentId: null,
    progress: PROGRESS,
    output: null,
    error: null,
    problemCount: 0,
    problems: [],
    volumes: [],
    createdAt: '2026-05-03T07:05:00.000Z',
    startedAt: '2026-05-03T07:05:00.000Z',
    completedAt: null,
    lastCheckpointAt: null,
    ...changes,
  };
}

describe('jobs', () => {
  it('that are paused say what ends the pause', () => {
    const texts = (['user', 'shutdown', 'volume-offline', 'no-space'] as const).map((pauseReason) =>
      pausedText({ id: ID, pauseReason, error: null }),
    );
    expect(texts[0]).toContain(`mooring job resume ${ID}`);
    expect(texts[1]).toMatch(/by itself.*Mooring runs again/i);
    expect(texts[2]).toMatch(/by itself.*plugged in/i);
    expect(texts[3]).toMatch(/by itself.*room.*mooring job resume/i);
    expect(formatJob(job({ status: 'paused', pauseReason: 'volume-offline' }), output)).toMatch(/Goes on +By itself, as soon as its drive/);
    expect(formatJobs({ items: [job({ status: 'paused', pauseReason: 'no-space' })], nextCursor: 'abc' }, output)).toMatch(
      /paused \(no-space\)[\s\S]*--cursor abc/,
    );
  });

  it('say what they do, and whether Mooring does it by itself', () => {
    const names = new Map([[ID, 'My\nphotos']]);
    const scan = (depth: string, changes: Partial<Job> = {}) => job({ input: { locationId: ID, depth }, ...changes });
    const text = formatJobs({ items: [scan('full'), scan('catch-up', { priority: 'background' })], nextCursor: null }, output, names);
    expect(text).toMatch(/ Index My\\nphotos +running/);
    expect(text).toMatch(/ Check My\\nphotos for changes +running/);
    expect(formatJob(scan('catch-up', { priority: 'background' }), output, names)).toMatch(/Kind +location-scan, by itself/);
    expect(jobTitle(scan('full'), new Map())).toBe('Index a location');
    const copy = { name: 'file-transfer', input: { kind: 'copy', sources: ['/a/b', '/a/c'], destination: '/media/stick' } };
    expect(jobTitle(copy, names)).toBe('Copy 2 items to /media/stick');
    expect(jobTitle({ name: 'odd', input: {} }, names)).toBe('odd');
  });

  it('show problems, and where the rest of them is', () => {
    const problems = [{ path: '/a\u001b[2J', code: 'PERMISSION_DENIED', message: 'Not allowed.' }];
    const text = formatJob(job({ status: 'completed', problemCount: 3, problems }), output);
    expect(text).toContain('/a\\x1b[2J: Not allowed.');
    expect(text).toContain(`2 more; \`mooring job problems ${ID}\``);
    expect(text).toContain('completed, with 3 problems');
  });

  it('can be listed by kind with what they need', () => {
    const inputSchema = { type: 'object', properties: { sources: {}, verify: {} }, required: ['sources'] };
    expect(formatJobKinds([{ name: 'file-something', isResumable: false, inputSchema }])).toMatch(
      /file-something +no +sources, \[verify\]/,
    );
    expect(formatJobKinds([{ name: 'odd', isResumable: true, inputSchema: {} }])).toMatch(/odd +yes +–/);
  });
});

describe('progress', () => {
  it('has a bar only while the amount of work is known', () => {
    const counted = { ...PROGRESS, itemsDone: 1200, bytesDone: 5_000_000, currentItem: '/a\nb' };
    expect(progressLine(counted, 'si')).toBe('1,200 items  5 MB  looking through: /a\\nb');
    expect(progressLine(PROGRESS, 'si')).toBe('looking through');
    expect(progressLine({ ...counted, bytesPerSecond: 1e9 }, 'si', 2000)).toBe('1,200 items  5 MB  2,000 items/s  looking through: /a\\nb');
    const known = { ...counted, fraction: 0.5, itemsTotal: 2400, bytesTotal: 10_000_000, bytesPerSecond: 1e6, secondsLeft: 5, warnings: 1 };
    expect(progressLine(known, 'si')).toMatch(
      /^█+░+ {3}50 % {2}1,200 of 2,400 items {2}5 MB of 10 MB {2}1 MB\/s {2}5 s left {2}1 problem {2}/,
    );
  });
});

describe('a finished scan', () => {
  const metrics = {
    created: 1000,
    modified: 2,
    moved: 0,
    removed: 0,
    foldersListed: 10,
    entriesSeen: 1002,
    bytesSeen: 5,
    entriesPerSecond: 2004.4,
    bytesPerSecond: 10,
    phaseMs: {},
    databaseReads: 1,
    databaseWrites: 1,
    unchanged: 0,
    problems: 0,
  };

  it('says what it saw, how fast, and what had changed', () => {
    const text = formatScanOutcome(job({ status: 'completed', output: metrics, completedAt: '2026-05-03T07:05:00.500Z' }), null, output);
    expect(text).toBe('Looked at 1,002 entries in 10 folders in 0.5 s (2,004 items/s): 1,000 new, 2 changed.');
    const idle = formatScanOutcome(job({ status: 'completed', output: { ...metrics, created: 0, modified: 0 } }), null, output);
    expect(idle).toMatch(/: nothing had changed\.$/);
  });

  it('that has compared times only says in how many folders', () => {
    const quick = { ...metrics, created: 0, modified: 0, foldersListed: 0, entriesSeen: 0, unchanged: 8 };
    const ended = { status: 'completed' as const, output: quick, completedAt: '2026-05-03T07:05:00.020Z' };
    expect(formatScanOutcome(job(ended), null, output)).toBe('Nothing had changed in 8 folders in under 0.1 s.');
    const pruned = { ...ended, output: { ...quick, unchanged: 0, removed: 3 } };
    expect(formatScanOutcome(job(pruned), null, output)).toBe('3 gone in under 0.1 s.');
  });

  it('without figures says how much it looked at', () => {
    expect(formatScanOutcome(job({ progress: { ...PROGRESS, itemsDone: 1 } }), null, output)).toBe('Scanned 1 entry.');
  });
});
