import { Packr } from 'msgpackr';

/** Maps, sets, dates and typed arrays come back as what they were. */
const packr = new Packr({ moreTypes: true });

export function packState(state: unknown): Buffer | null {
  return state === null ? null : packr.pack(state);
}

/** @throws when these bytes were not made by `packState` */
export function unpackState(bytes: Buffer | null): unknown {
  return bytes === null ? null : packr.unpack(bytes);
}

export function copyState(state: unknown): unknown {
  return unpackState(packState(state));
}
