import { expect, it } from 'vitest';
import { withHint } from './error-hint.ts';

it('errors say what to type next, once', () => {
  expect(withHint({ code: 'LIBRARY_NOT_OPEN', message: 'No library is open.' })).toMatch(
    /^No library is open\. Try `mooring library create NAME`/,
  );
  const complete = 'There is none. `mooring job list` shows them.';
  expect(withHint({ code: 'JOB_NOT_FOUND', message: complete })).toBe(complete);
  expect(withHint({ code: 'IO_ERROR', message: 'It broke.' })).toBe('It broke.');
});
