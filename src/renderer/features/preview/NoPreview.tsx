import type { ReactNode } from 'react';
import type { Entry } from '../../../shared/contract/entry.ts';
import { classNames } from '../../lib/class-names.ts';
import { iconOfEntry } from '../entry/entry-icons.ts';

interface NoPreviewProps {
  entry: Entry;
  /** Why there is none, where that is worth a word. */
  text?: ReactNode;
}

/** What stands for a file that cannot be shown: its icon. */
export function NoPreview({ entry, text }: NoPreviewProps) {
  const { Icon, color, isFilled } = iconOfEntry(entry);
  return (
    <div className="flex size-full flex-col items-center justify-center gap-3 p-6 text-center">
      <Icon
        aria-hidden
        className={classNames('size-20 max-h-[55%] shrink', color)}
        strokeWidth={1}
        {...(isFilled ? { fill: 'currentColor', fillOpacity: 0.25 } : {})}
      />
      {text && <p className="max-w-96 text-soft text-sm leading-5">{text}</p>}
    </div>
  );
}
