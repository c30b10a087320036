import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { Location } from '#shared/contract/location.ts';
import { LocationRules } from '#shared/contract/location.ts';
import { addRule } from '../parse-rule.ts';
import { formatLocation, formatLocations, rulesText } from './location.ts';

const output = { colors: pc.createColors(false), units: 'si' as const };
const ID = '01890000-0000-7000-8000-000000000001';

function location(changes: Partial<Location> = {}): Location {
  return {
    id: ID,
    libraryId: ID,
    name: 'Photos',
    path: '/media/stick/photos',
    pathInVolume: 'photos',
    volumeFingerprint: 'ab'.repeat(32),
    volumeName: 'STICK',
    isOnline: true,
    mode: 'shallow',
    scanState: 'complete',
    watchEnabled: true,
    watchState: 'watching',
    rules: LocationRules.parse({}),
    lastScanAt: '2026-05-03T07:05:00.000Z',
    error: null,
    problemCount: 0,
    totalFileCount: 1234,
    totalFolderCount: 1,
    totalBytes: 1_500_000_000,
    jobId: null,
    createdAt: '2026-05-03T07:05:00.000Z',
    ...changes,
  };
}

describe('locations', () => {
  it('tell where they are, how full, and whether they are watched', () => {
    const [, line] = formatLocations([location()], output).split('\n');
    expect(line).toMatch(/^Photos {2}watched {2}\/media\/stick\/photos {2}1,234 {2}1\.5 GB {2}2026-05-03/);
    expect(formatLocation(location(), output)).toContain('1,234 files in 1 folder, 1.5 GB');
  });

  it('on an unplugged drive name the drive instead of a mount point', () => {
    const offline = location({ isOnline: false, watchState: 'offline', path: `sd://volume/${'ab'.repeat(32)}/photos` });
    expect(formatLocations([offline], output)).toMatch(/Photos {2}offline {2}STICK: \/photos/);
    expect(formatLocation(offline, output)).toMatch(/STICK \(abababababab\), not plugged in/);
  });

  it('say how to end what is wrong with them', () => {
    expect(formatLocation(location({ watchState: 'limited' }), output)).toContain('fs.inotify.max_user_watches');
    expect(formatLocation(location({ scanState: 'paused', watchState: 'off' }), output)).toMatch(/Watched +not while it is paused/);
    const gone = location({ scanState: 'error', watchState: 'off', error: { code: 'LOCATION_GONE', message: 'Gone.' } });
    expect(formatLocation(gone, output)).toMatch(/State +folder is gone[\s\S]*Watched +not now/);
    expect(formatLocation(location({ watchEnabled: false, watchState: 'off' }), output)).toContain(`mooring location update ${ID} --watch`);
    const failed = location({ scanState: 'error', error: { code: 'IO_ERROR', message: 'The drive cannot be read.' }, problemCount: 2 });
    expect(formatLocation(failed, output)).toMatch(/scan failed[\s\S]*2 entries could not be read[\s\S]*The drive cannot be read\./);
  });

  it('cannot command the terminal by their names', () => {
    const hostile = location({ name: 'a\u001b[31m\nb', path: '/x\u202e', volumeName: '\u0007' });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(formatLocation(hostile, output) + formatLocations([hostile], output)).not.toMatch(/[\u001b\u202e\u0007]|\nb/);
  });
});

it('rules are shown as they are written', () => {
  const texts = ['skip-hidden', 'only:jpg,png', 'never:*.bak', 'never:old/**', 'skip-larger-than:2GB', 'cross-volumes', 'keep-system-junk'];
  const rules = LocationRules.parse(texts.reduce((before, text) => addRule(text, before), {}));
  const shown = rulesText(rules, 'si').split(' ');
  expect(shown.toSorted()).toEqual(texts.toSorted());
  expect(rulesText(LocationRules.parse({}), 'si')).toBe('skip-system-junk');
});
