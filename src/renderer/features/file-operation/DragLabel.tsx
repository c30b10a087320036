import { Copy, FolderInput, Link, type LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { displayName } from '../../lib/display-name.ts';
import { lastName } from '../../lib/entry-path.ts';
import { useDrag } from './drag-store.ts';
import type { DropOperation } from './drop-operation.ts';

const ICONS: Record<DropOperation, LucideIcon> = { copy: Copy, move: FolderInput, link: Link };

/** Below the pointer, while files are dragged over something that takes them: what dropping them there would do. */
export function DragLabel() {
  const { t } = useTranslation();
  const over = useDrag((state) => state.over);
  const sources = useDrag((state) => state.sources);
  const label = useRef<HTMLDivElement>(null);
  const isShown = over !== null;
  useEffect(() => {
    if (!isShown) return;
    const follow = (event: DragEvent) => {
      const { current } = label;
      if (!current) return;
      const x = Math.min(event.clientX + 14, window.innerWidth - current.offsetWidth - 8);
      const y = Math.min(event.clientY + 34, window.innerHeight - current.offsetHeight - 8);
      current.style.transform = `translate(${x}px, ${y}px)`;
      current.style.visibility = 'visible';
    };
    window.addEventListener('dragover', follow, { capture: true });
    return () => window.removeEventListener('dragover', follow, { capture: true });
  }, [isShown]);
  if (!over) return null;
  const Icon = ICONS[over.operation];
  const [first = ''] = sources;
  const what = sources.length === 1 ? displayName(lastName(first)) : t('job.items', { count: sources.length });
  const place = displayName(over.name);
  const text = sources.length === 0 ? t(`drag.foreign.${over.operation}`, { place }) : t(`drag.${over.operation}`, { what, place });
  return (
    <div
      ref={label}
      aria-hidden
      data-drag-label
      style={{ visibility: 'hidden' }}
      className="pointer-events-none fixed top-0 left-0 z-70 flex max-w-96 items-center gap-1.5 rounded-lg bg-ink px-2.5 py-1.5 font-medium text-canvas text-xs shadow-float"
    >
      <Icon className="size-3.5 shrink-0" strokeWidth={2.2} />
      <bdi className="truncate">{text}</bdi>
    </div>
  );
}
