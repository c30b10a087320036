import { implement, ORPCError } from '@orpc/server';
import { contract } from '#shared/contract/contract.ts';
import { ERROR_STATUS, type MooringError } from '#shared/contract/error.ts';

/** What a transport tells about the caller. */
export interface CallContext {
  transport: 'message-port' | 'unix-socket' | 'websocket' | 'rest';
}

/** The contract, to be implemented one noun per file: `api.volumes.list.handler(…)`. */
export const api = implement(contract).$context<CallContext>();

/** The wire form of an error: `code`, `message`, and `details` as oRPC's `data`. */
export function toWireError(error: MooringError): ORPCError<string, unknown> {
  return new ORPCError(error.code, { status: ERROR_STATUS[error.code], message: error.message, data: error.details, cause: error });
}
