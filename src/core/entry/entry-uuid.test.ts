import fc from 'fast-check';
import { version } from 'uuid';
import { describe, expect, it } from 'vitest';
import { entryIdOf, entryUuid } from './entry-uuid.ts';

const LIBRARY = '01890a5d-ac96-774b-bcce-b302099a8057';
const OTHER = '01890a5d-ac96-774b-bcce-b302099a8058';
const rowId = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe('the uuid of an entry', () => {
  it('is a UUID of version 8 that leads back to its row', () => {
    fc.assert(
      fc.property(fc.uuid(), rowId, (library, id) => {
        const uuid = entryUuid(library, id);
        expect(version(uuid)).toBe(8);
        expect(entryIdOf(library, uuid)).toBe(id);
      }),
    );
  });

  it('is always the same for the same row', () => {
    expect(entryUuid(LIBRARY, 1)).toBe(entryUuid(LIBRARY, 1));
    expect(entryUuid(LIBRARY, 1).slice(-12)).toBe('000000000001');
  });

  it('differs between rows and between libraries', () => {
    expect(entryUuid(LIBRARY, 1)).not.toBe(entryUuid(LIBRARY, 2));
    expect(entryUuid(LIBRARY, 1)).not.toBe(entryUuid(OTHER, 1));
    expect(entryIdOf(OTHER, entryUuid(LIBRARY, 1))).toBeNull();
  });

  it('is not found in what is none', () => {
    for (const text of ['', 'garbage', LIBRARY]) expect(entryIdOf(LIBRARY, text)).toBeNull();
    for (const id of [-1, 1.5, 2 ** 48, Number.NaN]) expect(() => entryUuid(LIBRARY, id)).toThrow(RangeError);
  });
});
