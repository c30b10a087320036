// AssemblyScript (https://www.assemblyscript.org): `npm run wasm` makes `scan-names-wasm.ts` of it. Sixteen bytes at a time, names are looked through
// several times as fast as JavaScript can. It calls nothing outside: V8 may end the process when several threads have such calls (`vitest.config.ts`).

const INSIDE: u8 = 2;
const WORD_START: u8 = 3;
const START: u8 = 4;
const WHOLE: u8 = 5;
const DOT: u8 = 0x2e;
const LANES: usize = 16;
const FOUR_LANES: usize = 64;

/**
 * Looks for a text in names that lie one after the other, each followed by a NUL. `offsets` (u32): where each name begins, from `names` on, and where
 * the last ends. Writes to `slots` (u16) which names have it, in order, and to `ranks` (u8) how well each of those fits, as `RANK` of
 * `text-search.ts`. `letters` has a bit for each code point below 0x40000 that is a letter or a digit; from there on none is. Up to sixteen bytes after
 * the names are read, and do not matter. Returns how many names have it.
 */
export function scan(
  names: usize,
  offsets: usize,
  count: u32,
  needle: usize,
  length: u32,
  letters: usize,
  slots: usize,
  ranks: usize,
): u32 {
  const first = i8x16.splat(load<i8>(needle));
  const last = i8x16.splat(load<i8>(needle + length - 1));
  const end = names + load<u32>(offsets + (count << 2));
  let found: u32 = 0;
  let slot: u32 = 0;
  let lastSlot: u32 = u32.MAX_VALUE;
  let nameEnd = names + load<u32>(offsets + 4) - 1;
  let nameStart = names;
  let at = names;
  const lastByte = length - 1;
  while (at + length < end + 1) {
    if (at + FOUR_LANES + lastByte < end) {
      // Where nothing is to be found, four times as much at a time.
      const any = v128.or(
        v128.or(places(at, lastByte, first, last), places(at + LANES, lastByte, first, last)),
        v128.or(places(at + 2 * LANES, lastByte, first, last), places(at + 3 * LANES, lastByte, first, last)),
      );
      if (!v128.any_true(any)) {
        at += FOUR_LANES;
        continue;
      }
    }
    let bits: u32 = i8x16.bitmask(places(at, lastByte, first, last));
    let next = at + LANES;
    while (bits != 0) {
      const place = at + ctz<u32>(bits);
      bits &= bits - 1;
      if (place + length >= end || !isSame(place, needle, length)) continue;
      while (place > nameEnd) {
        slot++;
        nameStart = nameEnd + 1;
        nameEnd = names + load<u32>(offsets + ((slot + 1) << 2)) - 1;
      }
      const rank = rankAt(place, nameStart, nameEnd, length, letters);
      if (slot != lastSlot) {
        lastSlot = slot;
        store<u16>(slots + (found << 1), slot);
        store<u8>(ranks + found, rank);
        found++;
      } else if (rank > load<u8>(ranks + found - 1)) store<u8>(ranks + found - 1, rank);
      if (rank == INSIDE) continue;
      // Nothing better follows in this name.
      if (nameEnd + 1 >= next) {
        next = nameEnd + 1;
        break;
      }
      bits &= (<u32>0xffffffff) << <u32>(nameEnd + 1 - at);
    }
    at = next;
  }
  return found;
}

/** Where among sixteen bytes a text may begin. */
@inline
function places(at: usize, lastByte: usize, first: v128, last: v128): v128 {
  return v128.and(i8x16.eq(v128.load(at), first), i8x16.eq(v128.load(at + lastByte), last));
}

function isSame(place: usize, needle: usize, length: u32): bool {
  for (let index: usize = 1; index + 1 < length; index++) if (load<u8>(place + index) != load<u8>(needle + index)) return false;
  return true;
}

function rankAt(place: usize, start: usize, end: usize, length: u32, letters: usize): u8 {
  if (place == start) return isWhole(place + length, end) ? WHOLE : START;
  const before = load<u8>(place - 1);
  if (before < 0x80) return (before >= 0x30 && before <= 0x39) || (before >= 0x61 && before <= 0x7a) ? INSIDE : WORD_START;
  const code = codePointBefore(place, start);
  const isLetterOrDigit = code < 0x40000 && ((load<u8>(letters + (code >> 3)) >> <u8>(code & 7)) & 1) != 0;
  return isLetterOrDigit ? INSIDE : WORD_START;
}

/** Of the UTF-8 character that ends before a byte. */
function codePointBefore(place: usize, start: usize): u32 {
  let code: u32 = 0;
  let shift: u32 = 0;
  for (let at = place - 1; at >= start; at--) {
    const byte: u32 = load<u8>(at);
    if ((byte & 0xc0) != 0x80) return code | ((byte & (<u32>0x3f >> (shift / 6))) << shift);
    code |= (byte & 0x3f) << shift;
    shift += 6;
  }
  return code;
}

/** Whether a name ends here, or its extension begins. */
function isWhole(place: usize, end: usize): bool {
  if (place == end) return true;
  if (load<u8>(place) != DOT || place + 1 == end) return false;
  for (let at = place + 1; at < end; at++) if (load<u8>(at) == DOT) return false;
  return true;
}
