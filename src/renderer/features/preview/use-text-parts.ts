import { useCallback, useEffect, useRef, useState } from 'react';
import { toMooringError } from '../../../shared/contract/error.ts';
import { readContent } from './read-content.ts';
import { decodeText, detectEncoding, type TextEncoding, wholeLines } from './text-encoding.ts';

const FIRST_PART_BYTES = 64 * 1024;
const PART_BYTES = 256 * 1024;

export interface TextPart {
  /** Where in the file it begins, in bytes. */
  start: number;
  text: string;
}

interface TextParts {
  parts: readonly TextPart[];
  /** Null while nothing is known, and of what is no text. */
  encoding: TextEncoding | null;
  sizeBytes: number;
  /** Where what is not loaded yet begins; the size of the file when all is. */
  next: number;
  state: 'loading' | 'ready' | 'binary' | 'failed';
  error: unknown;
}

const NOTHING: TextParts = { parts: [], encoding: null, sizeBytes: 0, next: 0, state: 'loading', error: null };

/** A text file, part by part from its beginning on: `loadMore` when its end comes into sight. */
export function useTextParts(url: string) {
  const [shown, setShown] = useState<TextParts>(NOTHING);
  const latest = useRef(shown);
  const loading = useRef<AbortController | null>(null);

  const load = useCallback(
    async (before: TextParts) => {
      loading.current?.abort();
      const running = new AbortController();
      loading.current = running;
      const after = await nextPart(url, before, running.signal).catch(
        (error: unknown): TextParts => ({ ...before, state: 'failed', error: toMooringError(error) }),
      );
      if (running.signal.aborted) return;
      loading.current = null;
      latest.current = after;
      setShown(after);
    },
    [url],
  );
  useEffect(() => {
    latest.current = NOTHING;
    setShown(NOTHING);
    void load(NOTHING);
    return () => loading.current?.abort();
  }, [load]);

  const loadMore = useCallback(() => {
    const { state, next, sizeBytes } = latest.current;
    if (loading.current === null && state === 'ready' && next < sizeBytes) void load(latest.current);
  }, [load]);
  const retry = useCallback(() => void load(latest.current), [load]);
  return { ...shown, loadMore, retry };
}

async function nextPart(url: string, before: TextParts, signal: AbortSignal): Promise<TextParts> {
  const start = before.next;
  const { bytes, sizeBytes } = await readContent(url, start, start === 0 ? FIRST_PART_BYTES : PART_BYTES, signal);
  const isLast = start + bytes.length >= sizeBytes;
  const encoding = before.encoding ?? detectEncoding(bytes, isLast);
  if (encoding === null) return { ...before, sizeBytes, state: 'binary' };
  const end = isLast ? bytes.length : wholeLines(bytes, encoding);
  const part = { start, text: decodeText(bytes.subarray(0, end), encoding) };
  // A file that has become shorter meanwhile is at its end.
  const next = bytes.length === 0 ? sizeBytes : start + end;
  return { parts: bytes.length === 0 ? before.parts : [...before.parts, part], encoding, sizeBytes, next, state: 'ready', error: null };
}
