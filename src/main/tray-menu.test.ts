import { describe, expect, it } from 'vitest';
import type { Volume } from '#shared/contract/volume.ts';
import { Texts } from './texts.ts';
import { menuName, trayMenu } from './tray-menu.ts';

const nothing = () => undefined;
const actions = { openVolume: nothing, track: nothing, eject: nothing, show: nothing, settings: nothing, quit: nothing };
const texts = new Texts('en-US');

function volume(facts: Partial<Volume>): Volume {
  const usual = { name: 'STICK', isMounted: true, totalBytes: 64e9, availableBytes: 12.3e9, tracking: null, isEjectable: true };
  return { ...usual, ...facts } as Volume;
}

const labels = (volumes: Volume[]) => trayMenu(volumes, texts, actions).map((item) => item.label ?? '—');

describe('the tray menu', () => {
  it('lists the drives that are here, with their free space', () => {
    expect(labels([volume({}), volume({ name: 'Gone', isMounted: false })])).toEqual([
      'STICK – 12.3\u00a0GB of 64\u00a0GB free',
      '—',
      'Show Mooring',
      'Settings…',
      '—',
      'Quit Mooring',
    ]);
  });

  it('says what is wrong instead of a figure that is not known', () => {
    expect(labels([volume({ unresponsive: true })])[0]).toBe('STICK – not responding');
    expect(labels([volume({ isReadOnly: true })])[0]).toBe('STICK – read-only, 64\u00a0GB');
    expect(labels([])[0]).toBe('No drives');
  });

  it('offers only what can be done', () => {
    const offered = (facts: Partial<Volume>) => {
      const submenu = trayMenu([volume(facts)], texts, actions)[0]?.submenu;
      return Array.isArray(submenu) ? submenu.map((item) => item.label) : [];
    };
    expect(offered({})).toEqual(['Open', 'Track This Drive', 'Eject']);
    expect(offered({ tracking: {} as Volume['tracking'], isEjectable: false })).toEqual(['Open']);
  });
});

it.each([
  ['plain', 'plain'],
  ['two\nlines\tand\u0000more', 'two lines and more'],
  ['invoice\u202Egpj.exe', 'invoice gpj.exe'],
  ['Salt & Pepper', 'Salt && Pepper'],
  ['x'.repeat(60), `${'x'.repeat(39)}…`],
])('shows the name %j as one safe line', (name, shown) => {
  expect(menuName(name)).toBe(shown);
});
