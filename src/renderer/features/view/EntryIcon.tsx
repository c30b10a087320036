import { TriangleAlert } from 'lucide-react';
import type { Entry } from '../../../shared/contract/entry.ts';
import { classNames } from '../../lib/class-names.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { iconOfEntry } from '../entry/entry-icons.ts';

interface EntryIconProps {
  entry: Pick<Entry, 'kind' | 'extension' | 'isHidden'>;
  /** Its size. */
  className: string;
  /** In the colour of the text around it. */
  isPlain?: boolean;
  /** Its drive is not plugged in, unlike those of others beside it. */
  isAway?: boolean;
}

/** What an entry is, by its name. */
export function EntryIcon({ entry, className, isPlain = false, isAway = false }: EntryIconProps) {
  const { Icon, color, isFilled } = iconOfEntry(entry);
  return (
    <Icon
      aria-hidden
      className={classNames(
        'shrink-0',
        className,
        !isPlain && color,
        entry.isHidden && 'opacity-50',
        isAway && 'opacity-55 grayscale-[0.6]',
      )}
      strokeWidth={1.6}
      fill={isFilled ? 'currentColor' : 'none'}
      fillOpacity={0.28}
    />
  );
}

/** Why nothing more is known of an entry. */
export function EntryProblem({ code }: { code: string }) {
  const text = useErrorText()({ code, message: code });
  return (
    <span title={text} className="shrink-0 text-warn">
      <TriangleAlert aria-label={text} className="size-3.5" />
    </span>
  );
}
