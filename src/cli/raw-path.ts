import { isUtf8 } from 'node:buffer';
import { readFileSync, readlinkSync } from 'node:fs';
import { MooringError } from '#shared/contract/error.ts';

const REPLACEMENT = '\ufffd';

/**
 * The bytes of a path argument that is not UTF-8, made absolute from the caller's folder. Node hands over arguments as text, in which such
 * bytes have become U+FFFD; Linux still has them as they were typed.
 *
 * @returns null when the text is exact, or when the system does not say more
 * @throws INVALID_INPUT when two arguments differ only in bytes that are lost in the text
 */
export function rawPath(text: string): Buffer | null {
  if (process.platform !== 'linux' || !(text + process.cwd()).includes(REPLACEMENT)) return null;
  const argument = rawArgument(text) ?? Buffer.from(text);
  if (argument[0] === 0x2f) return isUtf8(argument) ? null : argument;
  const folder = readlinkSync('/proc/self/cwd', { encoding: 'buffer' });
  const path = Buffer.concat([folder, Buffer.from('/'), argument]);
  return isUtf8(path) ? null : path;
}

function rawArgument(text: string): Buffer | null {
  if (!text.includes(REPLACEMENT)) return null;
  // `bin/mooring.js` may have started this process, by a Node that had lost the bytes already.
  return findArgument('/proc/self/cmdline', text) ?? findArgument(`/proc/${process.ppid}/cmdline`, text);
}

/** See proc_pid_cmdline(5): arguments, each ended by a NUL. */
function findArgument(file: string, text: string): Buffer | null {
  const found = new Map<string, Buffer>();
  for (const argument of splitAtNul(readCommandLine(file))) {
    if (!isUtf8(argument) && argument.toString('utf8') === text) found.set(argument.toString('latin1'), argument);
  }
  if (found.size > 1) {
    throw new MooringError(
      'INVALID_INPUT',
      'Two paths differ only in bytes that are not UTF-8. Give their addresses, as `mooring ls --json` prints them.',
    );
  }
  return found.values().next().value ?? null;
}

function readCommandLine(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    // The parent is gone, or /proc is not there: nothing more can be known.
    return Buffer.alloc(0);
  }
}

function splitAtNul(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let start = 0, end = bytes.indexOf(0); end >= 0; start = end + 1, end = bytes.indexOf(0, start))
    parts.push(bytes.subarray(start, end));
  return parts;
}
