import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { ActionPreview, ActionRecord } from '#shared/contract/action.ts';
import { formatAction, formatActionDone, formatActions } from './action.ts';
import { formatPreview } from './action-preview.ts';
import { placesOf } from './places.ts';
import { reportHeader, reportLine } from './transfer-report.ts';

const ID = '01a20243-02f1-7432-9a6b-0e708c072cc1';
const OTHER = '01a20243-02f1-7432-9a6b-0e708c072cc2';
const STICK = 'a'.repeat(64);
const AWAY = 'b'.repeat(64);
const output = { colors: pc.createColors(false), units: 'si' as const };
const at = placesOf([
  { fingerprint: STICK, name: 'Stick', mountPoint: '/media/stick' },
  { fingerprint: AWAY, name: 'Shelf', mountPoint: null },
]);

function record(changes: Partial<ActionRecord> = {}): ActionRecord {
  return {
    id: ID,
    libraryId: OTHER,
    type: 'file.move',
    input: { sources: [`sd://volume/${AWAY}/a%20b`], destination: `sd://volume/${STICK}/` },
    expected: null,
    status: 'completed',
    result: null,
    error: null,
    problemCount: 0,
    deviceId: OTHER,
    deviceName: 'Desk',
    jobId: null,
    undo: { state: 'possible', reason: null, by: null },
    undoes: null,
    at: '2026-01-02T03:04:05.678Z',
    completedAt: '2026-01-02T03:04:06.678Z',
    ...changes,
  };
}

const preview: ActionPreview = {
  files: 3,
  folders: 1,
  symlinks: 1,
  totalBytes: 2_000_000,
  transfers: [{ strategy: 'stream', from: STICK, to: AWAY, files: 3, bytes: 2_000_000 }],
  changes: [{ from: `sd://volume/${STICK}/x`, to: null }],
  changeCount: 1001,
  conflicts: [
    {
      source: { path: '/a/x', kind: 'file', sizeBytes: 5, modifiedAt: '2026-01-02T03:04:05.678Z' },
      target: { path: '/b/x', kind: 'folder', sizeBytes: 0, modifiedAt: '2026-01-02T03:04:05.678Z' },
      kind: 'mismatch',
    },
  ],
  conflictCount: 2,
  unansweredCount: 1,
  obstacles: [{ path: '/a/con', code: 'INVALID_INPUT', message: 'The target cannot have this name.', proposedName: 'con_' }],
  obstacleCount: 1,
  space: { volume: STICK, availableBytes: 1_000_000, neededBytes: 2_000_000, availableAfterBytes: 0, fits: false },
  waitsFor: [AWAY],
  secondsEstimated: 90,
  undo: { isPossible: false, reason: 'It replaces a file.' },
  needsConfirmation: false,
};

describe('places', () => {
  it('are paths while their drive is there, and name the drive while it is not', () => {
    expect(at(`sd://volume/${STICK}/a%20b/c`)).toBe('/media/stick/a b/c');
    expect(at(`sd://volume/${STICK}/`)).toBe('/media/stick');
    expect(at(`sd://volume/${AWAY}/a%20b`)).toBe('Shelf (offline): a b');
    expect(at(`sd://volume/${'c'.repeat(64)}/a`)).toBe(`sd://volume/${'c'.repeat(64)}/a`);
    expect(at('/plain\u001b[2J')).toBe('/plain\\x1b[2J');
    expect(placesOf([{ fingerprint: STICK, name: 'System', mountPoint: '/' }])(`sd://volume/${STICK}/etc`)).toBe('/etc');
  });
});

describe('actions', () => {
  it('are listed with what they were, what has become of them, and whether they can be undone', () => {
    const undo = record({
      id: OTHER,
      type: 'undo',
      input: { action: ID },
      undoes: ID,
      undo: { state: 'impossible', reason: 'No.', by: null },
    });
    const items = [undo, record({ status: 'failed', problemCount: 2 }), record({ problemCount: 2, input: { sources: ['/a', '/b'] } })];
    const [, first, second, third, last] = formatActions({ items, nextCursor: 'abc' }, output, at).split('\n');
    expect(first).toMatch(/completed +– +Undo: Move /);
    expect(second).toMatch(/failed +possible +Move Shelf \(offline\): a b to \/media\/stick$/);
    expect(third).toMatch(/completed, with 2 problems/);
    expect(third).toContain('Move 2 items to');
    expect(last).toBe('Go on with --cursor abc');
    expect(formatActions({ items: [], nextCursor: null }, output, at)).toBe('Nothing was done yet.');
  });

  it('say how they are undone, or why not', () => {
    expect(formatAction(record(), output, at)).toContain(`possible, with \`mooring action undo ${ID}\``);
    const refused = record({ undo: { state: 'possible', reason: 'A file has changed.', by: null } });
    expect(formatAction(refused, output, at)).toContain('the last attempt was refused: A file has changed.');
    expect(formatAction(record({ undo: { state: 'impossible', reason: 'It is for good.', by: null } }), output, at)).toContain(
      'not possible: It is for good.',
    );
    expect(formatAction(record({ undo: { state: 'undone', reason: null, by: OTHER } }), output, at)).toContain(`done, by action ${OTHER}`);
  });

  it('show of many changes the first', () => {
    const changes = Array.from({ length: 30 }, (_, index) => ({ from: null, to: `/new/${index}` }));
    const done = record({ type: 'file.rename-many', result: { kind: 'changes', changes, changeCount: 1200, bytes: 0 } });
    const text = formatAction(done, output, at);
    expect(text).toContain('1,200 items renamed.');
    expect(text).toContain('  /new/19 is new\n  … and 1,180 more');
    expect(formatActionDone(done, output, at)).toBe(`1,200 items renamed.\n\`mooring action undo ${ID}\` takes it back.`);
  });
});

it('a preview says all that one has to know before', () => {
  const text = formatPreview(preview, output, at, [
    { fingerprint: STICK, name: 'Stick' },
    { fingerprint: AWAY, name: 'Shelf' },
  ]);
  expect(text.split('\n')).toEqual([
    '3 files, 1 folder, 1 link: 2 MB.',
    '  3 files, 2 MB: read and written, from Stick to Shelf',
    '  /media/stick/x',
    '  … and 1,000 more',
    'Needs 2 MB on Stick, which has 1 MB free: that does not fit.',
    '2 names are taken, 1 without an answer:',
    expect.stringMatching(/^ {2}\/b\/x \(a folder, .*\) is in the way of \/a\/x \(5 B, .*\) \(only one of them is a folder\)$/),
    '  … and 1 more',
    '1 item cannot be done as it is:',
    '  /a/con: The target cannot have this name. It could be called “con_”.',
    'It would wait until plugged in: Shelf.',
    'It would take about 1 min 30 s.',
    'It cannot be undone. It replaces a file.',
  ]);
});

it('a report keeps commas and quotes apart', () => {
  expect(reportHeader()).toBe('source,target,bytes,digest,state\r\n');
  expect(reportLine({ source: '/a,b', target: '/c"d', bytes: 7, digest: null, state: 'copied' })).toBe('"/a,b","/c""d",7,,copied\r\n');
});
