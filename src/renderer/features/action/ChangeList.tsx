import { ArrowRight, Minus, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { PlannedChange } from '../../../shared/contract/action.ts';
import { Name } from '../../components/Name.tsx';
import { lastName, parentPath } from '../../lib/entry-path.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useReadableAddress } from '../volume/use-readable-address.ts';

const SHOWN = 100;
/** What scrolls has to be reachable by the keyboard. */
const SCROLLABLE = { tabIndex: 0 };

interface ChangeListProps {
  changes: readonly z.infer<typeof PlannedChange>[];
  /** Of all, also those that are not in the list. */
  count: number;
}

/** What becomes of single files: new, gone, or under another name or in another place. */
export function ChangeList({ changes, count }: ChangeListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = changes.slice(0, SHOWN);
  const more = count - shown.length;
  if (count === 0) return null;
  return (
    <ul
      aria-label={t('action.changes')}
      {...SCROLLABLE}
      className="max-h-56 divide-y divide-line overflow-y-auto rounded-xl border border-line text-xs"
    >
      {shown.map(({ from, to }) => (
        <li key={`${from} ${to}`} className="flex items-center gap-2 px-3 py-1.5">
          <Change from={from} to={to} />
        </li>
      ))}
      {more > 0 && <li className="px-3 py-1.5 text-soft">{t('transfer.more', { count: more, shown: format.count(more) })}</li>}
    </ul>
  );
}

function Change({ from, to }: z.infer<typeof PlannedChange>) {
  const { t } = useTranslation();
  const readable = useReadableAddress();
  if (from === null || to === null) {
    const Icon = from === null ? Plus : Minus;
    return (
      <>
        <Icon
          aria-label={from === null ? t('action.isNew') : t('action.isGone')}
          className={`size-3 shrink-0 ${from === null ? 'text-good' : 'text-bad'}`}
        />
        <Name className="min-w-0 truncate">{readable(from ?? to ?? '')}</Name>
      </>
    );
  }
  const isSameFolder = parentPath(from) === parentPath(to);
  return (
    <>
      <Name className="min-w-0 flex-1 truncate text-soft">{lastName(from)}</Name>
      <ArrowRight aria-hidden className="size-3 shrink-0 text-faint" />
      <Name className="min-w-0 flex-1 truncate">{isSameFolder ? lastName(to) : readable(to)}</Name>
    </>
  );
}
