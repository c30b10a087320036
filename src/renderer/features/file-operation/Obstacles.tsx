import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ActionPreview } from '../../../shared/contract/action.ts';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { lastName } from '../../lib/entry-path.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Check } from './Conflicts.tsx';

const SHOWN = 100;
/** What scrolls has to be reachable by the keyboard. */
const SCROLLABLE = { tabIndex: 0 };

interface ObstaclesProps {
  preview: ActionPreview;
  /** Names that do not fit are given others. Left out: there is no such choice. */
  isRenaming?: boolean;
  onRename?: (isOn: boolean) => void;
}

/** What cannot be done as it is, why, and the name that would do. */
export function Obstacles({ preview, isRenaming = false, onRename }: ObstaclesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const { obstacles, obstacleCount } = preview;
  const shown = obstacles.slice(0, SHOWN);
  const more = obstacleCount - shown.length;
  const canRename = onRename !== undefined && obstacles.some(({ proposedName }) => proposedName !== null);
  return (
    <section aria-label={t('transfer.obstacles')}>
      <h3 className="mb-1.5 font-medium text-soft text-xs">{t('transfer.obstacles')}</h3>
      <ul
        aria-label={t('transfer.obstacles')}
        {...SCROLLABLE}
        className="max-h-44 divide-y divide-line overflow-y-auto rounded-xl border border-line"
      >
        {shown.map((obstacle) => {
          const isRenamed = isRenaming && obstacle.proposedName !== null;
          return (
            <li key={`${obstacle.path} ${obstacle.code}`} className="px-3 py-1.5">
              <p className="flex items-center gap-1.5">
                <Name className={classNames('min-w-0 truncate', isRenamed && 'text-faint line-through')}>{lastName(obstacle.path)}</Name>
                {obstacle.proposedName !== null && (
                  <>
                    <ArrowRight aria-label={t('transfer.proposed')} className="size-3 shrink-0 text-faint" />
                    <Name className={classNames('min-w-0 truncate', isRenamed ? 'font-medium' : 'text-faint')}>
                      {obstacle.proposedName}
                    </Name>
                  </>
                )}
              </p>
              <p className="text-faint text-xs">{errorText(obstacle)}</p>
            </li>
          );
        })}
        {more > 0 && <li className="px-3 py-1.5 text-soft">{t('transfer.more', { count: more, shown: format.count(more) })}</li>}
      </ul>
      {canRename && <Check label={t('transfer.giveNames')} hint={t('transfer.giveNamesText')} isOn={isRenaming} onChange={onRename} />}
    </section>
  );
}
