// biome-ignore-all lint/a11y/useFocusableInteractive: the field has the focus and names what is chosen of the list.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the field has the keys.
// biome-ignore-all lint/a11y/useSemanticElements: a <select> cannot be filled while one writes.
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { type Completion, useCompletionDetail } from './use-query-texts.ts';

interface CompletionListProps {
  id: string;
  items: readonly Completion[];
  /** They are for what is written now, and can be chosen. */
  isCurrent: boolean;
  /** Index of what is chosen; -1: nothing. */
  active: number;
  onPoint: (index: number) => void;
  onChoose: (index: number) => void;
}

/** What could be written at the caret, below the field. */
export function CompletionList({ id, items, isCurrent, active, onPoint, onChoose }: CompletionListProps) {
  const { t } = useTranslation();
  const detailOf = useCompletionDetail();
  const chosen = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is chosen.
  useEffect(() => {
    chosen.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t('search.completions')}
      aria-busy={!isCurrent || undefined}
      // The field keeps the focus, also while the list is scrolled.
      onMouseDown={(event) => event.preventDefault()}
      className="absolute inset-x-0 top-full z-40 mt-1.5 max-h-84 animate-appear overflow-y-auto rounded-xl bg-raised p-1 text-sm shadow-float"
    >
      {items.map((item, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: two drives may have one name.
          key={index}
          ref={index === active ? chosen : undefined}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onMouseMove={() => index !== active && onPoint(index)}
          onClick={() => onChoose(index)}
          className={classNames('flex h-7.5 items-center gap-3 rounded-lg px-2.5', index === active && 'bg-hover')}
        >
          <bdi className="max-w-3/5 shrink-0 truncate font-medium">{displayName(item.label)}</bdi>
          <span className="min-w-0 flex-1 truncate text-right text-faint text-xs">{displayName(detailOf(item))}</span>
        </div>
      ))}
    </div>
  );
}
