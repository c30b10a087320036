import { expect, it } from 'vitest';
import { formatFields, formatTable } from './table.ts';

it('aligns columns as they are shown, whatever the width of their characters', () => {
  const table = formatTable(
    [{ title: 'Name' }, { title: 'Size', align: 'right' }, { title: 'Where' }],
    [
      ['写真', '1 B', '/a'],
      ['\u001b[1mbold\u001b[22m', '10 kB', ''],
      ['e\u0301', '', '/b'],
    ],
  );
  expect(table.split('\n')).toEqual(['Name   Size  Where', '写真    1 B  /a', '\u001b[1mbold\u001b[22m  10 kB', 'e\u0301            /b']);
});

it('puts values below each other', () => {
  expect(
    formatFields([
      ['A', '1'],
      ['Longer', ''],
      ['Mid', 'x'],
    ]),
  ).toBe('A       1\nLonger\nMid     x');
});
