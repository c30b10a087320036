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
 * Looks for a text in `count` names that lie one after the other, each followed by a NUL. `offsets` (u32): where each of them begins, counted from
 * `names`, and where the last ends. Writes to `slots` (u16) in which names it fits at least as well as `least`, in order, and to `ranks` (u8) how
 * well, as `RANK` of `rank.ts`. `letters` has a bit for each code point below 0x40000 that is a letter or a digit; from there on none is. Up to sixteen bytes after
 * the names are read, and do not matter. `one` and `other` are the places in the text of bytes that are rare in names. Returns how many names have it.
 */
export function scan(
  names: usize,
  offsets: usize,
  count: u32,
  needle: usize,
  length: u32,
  one: u32,
  other: u32,
  least: u8,
  letters: usize,
  slots: usize,
  ranks: usize,
): u32 {
  const first = i8x16.splat(load<i8>(needle + one));
  const last = i8x16.splat(load<i8>(needle + other));
  const end = names + load<u32>(offsets + (count << 2));
  let found: u32 = 0;
  let slot: u32 = 0;
  let lastSlot: u32 = u32.MAX_VALUE;
  let nameEnd = names + load<u32>(offsets + 4) - 1;
  let nameStart = names + load<u32>(offsets);
  let at = nameStart;
  const lastByte = length - 1;
  while (at + length < end + 1) {
    if (at + FOUR_LANES + lastByte < end) {
      // Where nothing is to be found, four times as much at a time.
      const any = v128.or(
        v128.or(places(at, one, first, other, last), places(at + LANES, one, first, other, last)),
        v128.or(places(at + 2 * LANES, one, first, other, last), places(at + 3 * LANES, one, first, other, last)),
      );
      if (!v128.any_true(any)) {
        at += FOUR_LANES;
        continue;
      }
    }
    let bits: u32 = i8x16.bitmask(places(at, one, first, other, last));
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
      if (rank < least) continue;
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

/** The same for names that begin with the text: nothing else of them is looked at. `least` is `START` or `WHOLE`. */
export function scanStarts(
  names: usize,
  offsets: usize,
  count: u32,
  needle: usize,
  length: u32,
  least: u8,
  letters: usize,
  slots: usize,
  ranks: usize,
): u32 {
  const first = load<u8>(needle);
  let found: u32 = 0;
  let start = names + load<u32>(offsets);
  for (let slot: u32 = 0; slot < count; slot++) {
    const next = names + load<u32>(offsets + ((slot + 1) << 2));
    if (load<u8>(start) == first && start + length < next && isSame(start, needle, length)) {
      const rank = rankAt(start, start, next - 1, length, letters);
      if (rank >= least) {
        store<u16>(slots + (found << 1), slot);
        store<u8>(ranks + found, rank);
        found++;
      }
    }
    start = next;
  }
  return found;
}

/** Where among sixteen bytes a text may begin: those by two of its bytes. */
@inline
function places(at: usize, one: usize, first: v128, other: usize, last: v128): v128 {
  return v128.and(i8x16.eq(v128.load(at + one), first), i8x16.eq(v128.load(at + other), last));
}

function isSame(place: usize, needle: usize, length: u32): bool {
  for (let index: usize = 0; index < length; index++) if (load<u8>(place + index) != load<u8>(needle + index)) return false;
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
