import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useUi } from '../../app/ui-store.ts';
import { classNames } from '../../lib/class-names.ts';

interface SidebarSectionProps {
  /** By which it is remembered whether it is folded up. */
  id: string;
  title: string;
  /** Beside the title. */
  action?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A part of the sidebar, which folds up. */
export function SidebarSection({ id, title, action, className, children }: SidebarSectionProps) {
  const isFolded = useUi((state) => state.foldedSections.includes(id));
  const toggle = useUi((state) => state.toggleSection);
  const contentId = useId();
  return (
    <section aria-label={title} className={classNames('mt-3', className)}>
      <div className="flex h-6.5 items-center justify-between pl-1">
        <h2 className="min-w-0 font-medium text-2xs text-faint">
          <button
            type="button"
            aria-expanded={!isFolded}
            aria-controls={isFolded ? undefined : contentId}
            onClick={() => toggle(id)}
            className="group flex h-6 max-w-full items-center gap-0.5 rounded-md px-1 hover:text-ink"
          >
            <span className="truncate">{title}</span>
            <ChevronRight
              aria-hidden
              className={classNames(
                'size-3 shrink-0 transition-transform duration-100',
                isFolded ? '' : 'rotate-90 opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100',
              )}
            />
          </button>
        </h2>
        {action}
      </div>
      {!isFolded && <div id={contentId}>{children}</div>}
    </section>
  );
}
