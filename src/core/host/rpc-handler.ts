import { type StandardRPCJsonSerialized, StandardRPCJsonSerializer, StandardRPCSerializer } from '@orpc/client/standard';
import { StandardHandler, StandardRPCCodec, StandardRPCMatcher } from '@orpc/server/standard';
import type { CallContext } from '#core/api/base.ts';
import type { createRouter } from '#core/api/router.ts';
import type { Logger } from '#core/log/logger.ts';
import { narrowed } from './narrow-json.ts';
import { rpcInterceptors, type ServingState } from './rpc-interceptors.ts';

/** Answers the calls of the contract, in oRPC’s protocol. */
export function rpcHandler(router: ReturnType<typeof createRouter>, state: ServingState, log: Logger): StandardHandler<CallContext> {
  const codec = new StandardRPCCodec(new StandardRPCSerializer(new AnswerSerializer()));
  return new StandardHandler<CallContext>(router, new StandardRPCMatcher(), codec, { interceptors: rpcInterceptors(state, log) });
}

/**
 * oRPC makes a copy of every answer, and the path to each value in it, in search of what JSON cannot say: of a page of entries that is most of what
 * the garbage collector finds. Most answers have nothing of that kind, and leave as they are, but for texts that would make all of them wide.
 */
export class AnswerSerializer extends StandardRPCJsonSerializer {
  override serialize(...values: Parameters<StandardRPCJsonSerializer['serialize']>): StandardRPCJsonSerialized {
    const [data] = values;
    // More than one: it asks for a part of what is not JSON.
    return values.length === 1 && isJson(data) ? [narrowed(data), [], [], []] : super.serialize(...values);
  }
}

/** Whether JSON says it as it is. */
function isJson(data: unknown): boolean {
  switch (typeof data) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return !Number.isNaN(data);
    case 'object':
      return data === null || (Array.isArray(data) ? data.every(isJson) : isPlain(data));
    default:
      return false;
  }
}

/** A property that is not defined is left out, as oRPC does. */
function isPlain(data: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(data);
  if (prototype !== Object.prototype && prototype !== null) return false;
  // An object like that inherits nothing that is enumerated. A list of its values would be one more thing to be made and thrown away.
  for (const key in data) {
    const value: unknown = data[key as keyof typeof data];
    if (value !== undefined && !isJson(value)) return false;
  }
  return true;
}
