import type { ReactNode } from 'react';
import { useFormat } from '../../lib/use-format.ts';

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-line border-t py-2.5">
      <h3 className="px-4 pb-1 font-medium text-2xs text-faint">{title}</h3>
      {children}
    </section>
  );
}

export function FactGrid({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 px-4 text-xs">{children}</dl>;
}

/** @param note what is worth knowing besides, below it */
export function Fact({ label, note, children }: { label: string; note?: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt className="py-1 text-soft">{label}</dt>
      <dd data-selectable className="min-w-0 py-1 [overflow-wrap:anywhere]">
        {children}
        {note && <span className="block text-2xs text-faint">{note}</span>}
      </dd>
    </>
  );
}

/** A moment, and how long ago it was. */
export function TimeFact({ label, at }: { label: string; at: string | null | undefined }) {
  const format = useFormat();
  if (!at) return null;
  return (
    <Fact label={label} note={format.ago(at)}>
      <time dateTime={at}>{format.dateTime(at)}</time>
    </Fact>
  );
}
