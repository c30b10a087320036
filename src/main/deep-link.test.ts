import { describe, expect, it } from 'vitest';
import { parseDeepLink } from './deep-link.ts';

const fingerprint = 'ab'.repeat(32);

describe('parseDeepLink', () => {
  it('opens a volume, a path and the settings', () => {
    expect(parseDeepLink(`mooring://volume/${fingerprint}`)).toEqual({ type: 'open-volume', fingerprint });
    expect(parseDeepLink('mooring://open?path=%2Fmedia%2FUSB%20stick')).toEqual({ type: 'open-path', path: '/media/USB stick' });
    expect(parseDeepLink('mooring://open?path=sd%3A%2F%2Fdevice%2Fx')).toEqual({ type: 'open-path', path: 'sd://device/x' });
    expect(parseDeepLink('mooring://settings')).toEqual({ type: 'command', command: 'app.settings' });
  });

  it.each([
    'https://volume/x',
    'mooring://volume/short',
    'mooring://volume',
    'mooring://open',
    'mooring://open?path=relative/path',
    'mooring://open?path=%2Fa%00b',
    'mooring://open?path=%2F%2Fserver%2Fshare',
    'mooring://open?path=%5C%5Cserver%5Cshare',
    'mooring://eject?volume=x',
    'mooring:',
    'nonsense',
    '',
  ])('refuses %j', (link) => {
    expect(parseDeepLink(link)).toBeNull();
  });
});
