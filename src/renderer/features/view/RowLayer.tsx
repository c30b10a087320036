import type { ReactNode } from 'react';

interface RowLayerProps {
  /** As `layerStart` says; the places of its children count from there. */
  start: number;
  /** Rows go to the right instead of down. */
  isHorizontal?: boolean;
  children: ReactNode;
}

/** Holds the rows of a view that are drawn. */
export function RowLayer({ start, isHorizontal = false, children }: RowLayerProps) {
  // Its own in the compositor too, whose tiles lie as inexactly that far down.
  const style =
    start === 0 ? undefined : { transform: isHorizontal ? `translateX(${start}px)` : `translateY(${start}px)`, willChange: 'transform' };
  return (
    <div role="presentation" className="absolute inset-x-0 top-0" style={style}>
      {children}
    </div>
  );
}
