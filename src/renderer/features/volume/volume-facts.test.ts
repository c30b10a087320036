import { describe, expect, it } from 'vitest';
import type { Volume } from '../../../shared/contract/volume.ts';
import { capacityTone, groupVolumes, usedFraction } from './volume-facts.ts';

function volume(facts: Partial<Volume>): Volume {
  return {
    fingerprint: '0'.repeat(64),
    name: 'Drive',
    label: null,
    status: 'mounted',
    isMounted: true,
    mountPoint: '/mnt',
    mountPoints: ['/mnt'],
    mountType: 'External',
    diskType: 'SSD',
    fileSystem: 'ext4',
    device: null,
    hardwareId: null,
    hardwareModel: null,
    totalBytes: 1000,
    availableBytes: 500,
    isReadOnly: false,
    isRemovable: true,
    isEjectable: true,
    isUserVisible: true,
    supportsCow: false,
    caseSensitive: true,
    maxFileSize: null,
    readSpeedMbps: null,
    writeSpeedMbps: null,
    unresponsive: false,
    identity: { source: 'filesystem-uuid', confidence: 'strong', resembles: null },
    tracking: null,
    prompt: null,
    ...facts,
  };
}

describe('volumes of the sidebar', () => {
  it('stand in groups, sorted as people sort, with empty groups left out', () => {
    const groups = groupVolumes(
      [
        volume({ name: 'Stick 10' }),
        volume({ name: 'Stick 2' }),
        volume({ name: 'Disk', mountType: 'System' }),
        volume({ name: 'Gone', isMounted: false }),
      ],
      'en',
    );
    expect(groups.map(({ group, volumes }) => [group, volumes.map(({ name }) => name)])).toEqual([
      ['internal', ['Disk']],
      ['external', ['Stick 2', 'Stick 10']],
      ['offline', ['Gone']],
    ]);
  });

  it('warn when they fill up, but not when nothing can be written to them', () => {
    expect(capacityTone(volume({ availableBytes: 80 }))).toBe('warn');
    expect(capacityTone(volume({ availableBytes: 10 }))).toBe('bad');
    expect(capacityTone(volume({ availableBytes: 0, isReadOnly: true }))).toBe('accent');
    expect(capacityTone(volume({ availableBytes: 0, isMounted: false }))).toBe('muted');
    expect(usedFraction({ totalBytes: 0, availableBytes: 0 })).toBe(0);
  });
});
