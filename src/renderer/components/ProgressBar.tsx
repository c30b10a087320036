import { classNames } from '../lib/class-names.ts';

/** How far work has come. `fraction` 0 to 1; null while nobody can tell. */
export function ProgressBar({ fraction, label, className }: { fraction: number | null; label: string; className?: string }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(fraction === null ? {} : { 'aria-valuenow': Math.round(fraction * 100) })}
      className={classNames('h-1.5 overflow-hidden rounded-full bg-track', className)}
    >
      {fraction === null ? (
        <div className="h-full w-1/3 animate-sweep rounded-full bg-accent" />
      ) : (
        <div
          className="h-full rounded-full bg-accent transition-[width] duration-200 ease-linear"
          style={{ width: `${fraction * 100}%` }}
        />
      )}
    </div>
  );
}
