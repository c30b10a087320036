import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

/** In place of what is being read for the first time. It shows after a moment: what comes sooner would only make it flash. */
export function Skeleton({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div aria-hidden data-skeleton className="animate-[appear_140ms_150ms_both]">
      <div className={classNames('animate-pulse', className)}>{children}</div>
    </div>
  );
}
