import { describe, expect, it } from 'vitest';
import type { Job } from '../../../shared/contract/job.ts';
import type { Location } from '../../../shared/contract/location.ts';
import { scanOf, sortLocations, statusOf } from './location-facts.ts';

const location = (change: Partial<Location>) =>
  ({ id: 'a', name: 'A', isOnline: true, scanState: 'complete', jobId: null, ...change }) as Location;

describe('what is known of a location', () => {
  it('is offline whatever its scan was doing', () => {
    expect(statusOf(location({ isOnline: false, scanState: 'paused' }))).toBe('offline');
    expect(statusOf(location({ scanState: 'pending' }))).toBe('waiting');
    expect(statusOf(location({}))).toBe('ready');
  });

  it('is checked, and not scanned, when what is known of it is compared unasked', () => {
    const now = (change: Partial<Location>, priority: Job['priority']) =>
      statusOf(location({ scanState: 'scanning', jobId: '1', lastScanAt: '2026-01-01T00:00:00Z', ...change }), {
        id: '1',
        priority,
      } as Job);
    expect(now({}, 'background')).toBe('checking');
    expect(now({}, 'user')).toBe('scanning');
    expect(now({ lastScanAt: null }, 'background')).toBe('scanning');
    expect(now({ jobId: 'another' }, 'background')).toBe('scanning');
  });

  it('lists plugged-in ones first, then by name as people sort', () => {
    const list = [location({ name: 'b10' }), location({ name: 'B9' }), location({ name: 'a', isOnline: false })];
    expect(sortLocations(list, 'en').map(({ name }) => name)).toEqual(['B9', 'b10', 'a']);
  });

  it('finds its scan: the present one, else the last', () => {
    const jobs = [
      { id: '3', name: 'location-scan', input: { locationId: 'other' } },
      { id: '2', name: 'location-scan', input: { locationId: 'a' } },
      { id: '1', name: 'location-scan', input: { locationId: 'a' } },
    ] as unknown as Job[];
    expect(scanOf(location({ jobId: '1' }), jobs)?.id).toBe('1');
    expect(scanOf(location({}), jobs)?.id).toBe('2');
    expect(scanOf(location({ id: 'none' }), jobs)).toBeUndefined();
  });
});
