/** A layer begins at a multiple of so many pixels. */
const LAYER = 2 ** 20;

/**
 * Where the layer begins that holds what is so many pixels from the start of a view. Chromium draws with 32-bit floats: beyond 2^24 pixels, which
 * are 560,000 rows, they have no odd numbers any more, and rows that are placed one by one are drawn a pixel off each other. Within a layer that
 * is moved as one, places are small.
 */
export function layerStart(place: number): number {
  return Math.max(0, Math.floor(place / LAYER) * LAYER);
}
