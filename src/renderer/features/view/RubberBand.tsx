import type { Band } from './use-rubber-band.ts';

/** The rectangle that is drawn around entries with the mouse. It lies in what is scrolled. */
export function RubberBand({ band }: { band: Band | null }) {
  if (!band) return null;
  const { left, top, right, bottom } = band;
  return (
    <div
      aria-hidden
      data-rubber-band
      className="pointer-events-none absolute z-20 rounded-sm border border-accent bg-accent/12"
      style={{ left, top, width: right - left, height: bottom - top }}
    />
  );
}
