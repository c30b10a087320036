import { request } from 'node:http';
import { Readable } from 'node:stream';

/** Of the page's request, what the answer depends on. */
const PASSED_ON = ['range', 'if-range', 'if-none-match', 'sec-fetch-dest'];

/**
 * Asks an engine for the bytes of a file on behalf of the page: over the socket of the process that has it, be it this one or another. No byte is
 * read ahead of the page, and when the page gives up, so does the engine.
 * @param target path and query, as the page asked for it
 */
export function passOnContent(socketPath: string, target: string, asked: Request): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const headers = Object.fromEntries(PASSED_ON.flatMap((name) => toEntry(name, asked.headers.get(name))));
  const sent = request({ socketPath, path: target, method: asked.method, headers, signal: asked.signal }, (answer) => {
    const { statusCode = 500 } = answer;
    const isEmpty = asked.method === 'HEAD' || statusCode === 304 || statusCode === 204;
    if (isEmpty) answer.resume();
    const passed = Object.entries(answer.headers).flatMap(([name, value]) => toEntry(name, typeof value === 'string' ? value : null));
    const body = isEmpty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array<ArrayBuffer>>);
    resolve(new Response(body, { status: statusCode, headers: Object.fromEntries(passed) }));
  });
  sent.on('error', reject);
  sent.end();
  return promise;
}

function toEntry(name: string, value: string | null): [string, string][] {
  return value === null || name === 'connection' || name === 'keep-alive' || name === 'transfer-encoding' ? [] : [[name, value]];
}
