/** How large something is shown: as large as its place allows, or in proportion to its own size. */
export type Zoom = 'fit' | number;

const STEPS = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 8];

/** The next step up or down. @param now how large it is shown just now, in proportion to its own size */
export function stepZoom(now: number, direction: 1 | -1): number {
  const steps = direction === 1 ? STEPS : STEPS.toReversed();
  // Fitted things are of any size: half a step is none.
  const next = steps.find((step) => (direction === 1 ? step > now * 1.05 : step < now / 1.05));
  return next ?? steps.at(-1) ?? 1;
}
