import { describe, expect, it } from 'vitest';
import { dropOperation } from './drop-operation.ts';

const NONE = { ctrlKey: false, shiftKey: false, altKey: false, metaKey: false };

describe('dropOperation', () => {
  it('moves within a volume and copies between volumes', () => {
    for (const mac of [false, true]) {
      expect(dropOperation(NONE, true, mac)).toBe('move');
      expect(dropOperation(NONE, false, mac)).toBe('copy');
    }
  });

  it.each([
    [{ ctrlKey: true }, 'copy'],
    [{ shiftKey: true }, 'move'],
    [{ altKey: true }, 'link'],
    [{ ctrlKey: true, shiftKey: true }, 'link'],
  ] as const)('%o elsewhere', (keys, operation) => {
    expect(dropOperation({ ...NONE, ...keys }, true, false)).toBe(operation);
    expect(dropOperation({ ...NONE, ...keys }, false, false)).toBe(operation);
  });

  it.each([
    [{ altKey: true }, 'copy'],
    [{ metaKey: true }, 'move'],
    [{ altKey: true, metaKey: true }, 'link'],
  ] as const)('%o on macOS', (keys, operation) => {
    expect(dropOperation({ ...NONE, ...keys }, true, true)).toBe(operation);
    expect(dropOperation({ ...NONE, ...keys }, false, true)).toBe(operation);
  });

  it('takes Shift and Ctrl on macOS for nothing special', () => {
    expect(dropOperation({ ...NONE, shiftKey: true }, false, true)).toBe('copy');
    expect(dropOperation({ ...NONE, ctrlKey: true }, true, true)).toBe('move');
  });
});
