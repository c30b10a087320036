import { expect, it } from 'vitest';
import { permissionText } from './permission-text.ts';

it.each([
  [0o755, 'rwxr-xr-x (755)'],
  [0o644, 'rw-r--r-- (644)'],
  [0o007, '------rwx (007)'],
  [0o4755, 'rwsr-xr-x (4755)'],
  [0o2640, 'rw-r-S--- (2640)'],
  [0o1777, 'rwxrwxrwt (1777)'],
  [0o1776, 'rwxrwxrwT (1776)'],
])('writes %o as people know it', (mode, text) => expect(permissionText(mode)).toBe(text));
