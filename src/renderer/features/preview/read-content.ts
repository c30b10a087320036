import { isErrorCode, MooringError } from '../../../shared/contract/error.ts';

export interface ContentPart {
  bytes: Uint8Array<ArrayBuffer>;
  /** Of the whole file. */
  sizeBytes: number;
  /** Another one when the file has changed. */
  version: string;
}

/**
 * Some bytes of a file, fewer at its end.
 * @param url as `contentUrl` gives it
 * @throws MooringError as the engine says it
 */
export async function readContent(url: string, start: number, length: number, signal?: AbortSignal): Promise<ContentPart> {
  const headers = { range: `bytes=${start}-${start + length - 1}` };
  const answer = await fetch(url, { headers, ...(signal ? { signal } : {}) });
  const [, total] = /\/(\d+)$/.exec(answer.headers.get('content-range') ?? '') ?? [];
  const version = answer.headers.get('etag') ?? '';
  if (answer.status === 416) return { bytes: new Uint8Array(), sizeBytes: Number(total ?? 0), version };
  if (!answer.ok) throw await errorOf(answer);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { bytes, sizeBytes: Number(total ?? bytes.length), version };
}

async function errorOf(answer: Response): Promise<MooringError> {
  const body: unknown = await answer.json().catch(() => null);
  const isError = typeof body === 'object' && body !== null && 'code' in body && 'message' in body && isErrorCode(body.code);
  return isError
    ? new MooringError(body.code as MooringError['code'], String(body.message))
    : new MooringError('ENGINE_UNREACHABLE', 'Mooring is not connected to its engine at the moment. Try again when it is back.');
}
