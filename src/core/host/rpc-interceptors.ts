import { ORPCError } from '@orpc/server';
import type { StandardHandlerOptions } from '@orpc/server/standard';
import { type CallContext, toWireError } from '#core/api/base.ts';
import { toCallError } from '#core/api/call-error.ts';
import type { Logger } from '#core/log/logger.ts';
import { isErrorCode, MooringError } from '#shared/contract/error.ts';
import { CONTRACT_VERSION } from '#shared/contract/version.ts';

/** Set once the engine begins to close; from then on calls are answered with ENGINE_STOPPING. */
export interface ServingState {
  isStopping: boolean;
}

type Interceptors = NonNullable<StandardHandlerOptions<CallContext>['interceptors']>;

/** What every transport does around a call: contract version, unknown procedures, and errors from the closed list only. */
export function rpcInterceptors(state: ServingState, log: Logger): Interceptors {
  return [
    async (options) => {
      try {
        if (state.isStopping) throw new MooringError('ENGINE_STOPPING', 'Mooring is shutting down. Try again when it runs again.');
        checkContractVersion(options.request.headers['mooring-contract']);
        const result = await options.next();
        if (result.matched) return result;
        throw new MooringError('PROCEDURE_NOT_FOUND', `Nothing answers to ${options.request.method} ${options.request.url.pathname}.`);
      } catch (error) {
        throw closedListError(error, log);
      }
    },
  ];
}

function checkContractVersion(header: string | string[] | undefined): void {
  if (header === undefined || header === String(CONTRACT_VERSION)) return;
  throw new MooringError(
    'CONTRACT_MISMATCH',
    `This Mooring speaks version ${CONTRACT_VERSION} of its contract, the caller version ${String(header).slice(0, 20)}. Use the same version of Mooring on both sides.`,
    { details: { contractVersion: CONTRACT_VERSION } },
  );
}

/** The router's own errors pass; those that arise before a procedure runs (a body that is no JSON, or too large) get codes of ours. */
function closedListError(error: unknown, log: Logger): ORPCError<string, unknown> {
  if (error instanceof ORPCError && isErrorCode(error.code)) return error;
  if (error instanceof SyntaxError) return toWireError(new MooringError('INVALID_INPUT', 'The body of the request is not valid JSON.'));
  if (error instanceof ORPCError && error.code === 'PAYLOAD_TOO_LARGE') {
    return toWireError(new MooringError('BODY_TOO_LARGE', 'The request is larger than 1 MiB.'));
  }
  const known = toCallError(error);
  if (known.code === 'INTERNAL') log.error({ err: error }, 'A call failed before it reached its procedure');
  return toWireError(known);
}
