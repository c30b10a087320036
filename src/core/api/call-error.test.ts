import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { MooringError } from '#shared/contract/error.ts';
import { toCallError } from './call-error.ts';

const systemError = (code: string, path?: string) => Object.assign(new Error(code), { errno: -1, code, ...(path ? { path } : {}) });

describe('an error of the system', () => {
  it('has a code of the list and names its path', () => {
    expect(toCallError(systemError('ENOSPC', '/a/b'))).toMatchObject({ code: 'NO_SPACE', message: 'There is no room left for “/a/b”.' });
  });

  it('has one also where the system does not say which file it is about', () => {
    expect(toCallError(systemError('ENOSPC'))).toMatchObject({ code: 'NO_SPACE' });
    expect(toCallError(systemError('EIO'))).toMatchObject({ code: 'IO_ERROR' });
  });
});

it('an error of ours keeps its code, whatever caused it', () => {
  const cause = new Database.SqliteError('locked', 'SQLITE_BUSY');
  expect(toCallError(cause)).toMatchObject({ code: 'TIMEOUT' });
  expect(toCallError(new MooringError('DATA_FOLDER_IN_USE', 'In use.', { cause }))).toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
});

it('any other error is INTERNAL, and says nothing of itself', () => {
  const error = toCallError(new TypeError('secret'));
  expect(error.code).toBe('INTERNAL');
  expect(error.message).not.toContain('secret');
});
