import { expect } from 'vitest';
import { type ErrorCode, type MooringError, toMooringError } from '#shared/contract/error.ts';

/** Waits for a call to fail as a client would see it, and returns the error. A message that shows internals fails the test. */
export async function expectError(code: ErrorCode, call: Promise<unknown>): Promise<MooringError> {
  const outcome = await call.then(
    (value) => ({ value }),
    (thrown: unknown) => ({ error: toMooringError(thrown) }),
  );
  if (!('error' in outcome)) throw new Error(`Expected ${code}, but the call answered ${JSON.stringify(outcome.value)}`);
  const { error } = outcome;
  expect({ code: error.code, message: error.message }).toMatchObject({ code });
  expect(error.message).not.toMatch(/\bat \S+:\d+|SQLITE_|node:internal|undefined|\[object/);
  return error;
}
