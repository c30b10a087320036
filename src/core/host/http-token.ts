import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** 256 random bits, base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The token of this data folder: made once, kept in `http-token` (0600), so that a browser stays signed in over a restart. */
export function loadHttpToken(dataDir: string): string {
  const path = join(dataDir, 'http-token');
  const kept = readToken(path);
  if (kept) {
    if (process.platform !== 'win32') chmodSync(path, 0o600);
    return kept;
  }
  const token = randomBytes(32).toString('base64url');
  writeFileAtomic.sync(path, `${token}\n`, { mode: 0o600 });
  return token;
}

/** Compares in constant time; hashing first makes both sides equally long. */
export function isToken(candidate: string, token: string): boolean {
  return timingSafeEqual(sha256(candidate), sha256(token));
}

function readToken(path: string): string | null {
  try {
    const token = readFileSync(path, 'utf8').trim();
    return TOKEN.test(token) ? token : null;
  } catch {
    // Not there yet: the caller makes one.
    return null;
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
