import type { ReactNode } from 'react';

/** A titled card of facts. */
export function Panel({ title, children, action }: { title?: ReactNode; children: ReactNode; action?: ReactNode }) {
  return (
    <section className="rounded-xl border border-line bg-raised shadow-card">
      {title && (
        <div className="flex min-h-10 items-center justify-between gap-3 border-line border-b px-4 py-1.5">
          <h2 className="font-semibold text-sm">{title}</h2>
          {action}
        </div>
      )}
      {children}
    </section>
  );
}

export function FactList({ children }: { children: ReactNode }) {
  return <dl className="divide-y divide-line px-4">{children}</dl>;
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-h-9 items-baseline gap-4 py-2">
      <dt className="w-40 shrink-0 text-soft">{label}</dt>
      <dd data-selectable className="min-w-0 flex-1 break-words">
        {children}
      </dd>
    </div>
  );
}

export function Badge({ children, tone = 'neutral' }: { children: ReactNode; tone?: 'neutral' | 'accent' | 'warn' | 'bad' | 'good' }) {
  const tones = {
    neutral: 'bg-pressed text-soft',
    accent: 'bg-accent-wash text-accent',
    warn: 'bg-warn-wash text-warn',
    bad: 'bg-bad-wash text-bad',
    good: 'bg-pressed text-good',
  };
  return (
    <span className={`inline-flex h-5 shrink-0 items-center gap-1 rounded-md px-1.5 font-medium text-2xs whitespace-nowrap ${tones[tone]}`}>
      {children}
    </span>
  );
}
