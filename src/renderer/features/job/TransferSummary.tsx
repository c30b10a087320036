import { useTranslation } from 'react-i18next';
import { TransferResult } from '../../../shared/contract/file.ts';
import type { Job } from '../../../shared/contract/job.ts';
import { Fact, FactList } from '../../components/Facts.tsx';
import { useFormat } from '../../lib/use-format.ts';

const KEPT = ['xattr', 'acl', 'mode', 'owner', 'times', 'birthtime', 'hard-link', 'hole'] as const;
type Kept = (typeof KEPT)[number];
const isKept = (what: string): what is Kept => (KEPT as readonly string[]).includes(what);

/** What a copy or move has done, in figures, and what the target could not keep. */
export function TransferSummary({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  const parsed = TransferResult.safeParse(job.output);
  if (!parsed.success) return null;
  const result = parsed.data;
  const figures = [
    ['filesCopied', result.filesCopied],
    ['itemsMoved', result.itemsMoved],
    ['foldersCreated', result.foldersCreated],
    ['symlinksCopied', result.symlinksCopied],
    ['hardLinks', result.hardLinks],
    ['verified', result.verified],
    ['skipped', result.skipped],
    ['identical', result.identical],
  ] as const;
  const told = figures.filter(([, count]) => count > 0);
  return (
    <div className="-mx-4">
      <FactList>
        {told.map(([name, count]) => (
          <Fact key={name} label={t(`job.transfer.${name}`)}>
            {format.count(count)}
            {name === 'filesCopied' && ` · ${format.size(result.bytesCopied)}`}
            {name === 'verified' && result.readPastCache !== null && (
              <span className="text-faint"> · {result.readPastCache ? t('job.transfer.pastCache') : t('job.transfer.fromCache')}</span>
            )}
          </Fact>
        ))}
        {result.strategies.length > 0 && (
          <Fact label={t('transfer.how')}>
            {result.strategies.map(({ strategy, files }) => `${t(`transfer.strategy.${strategy}`)} (${format.count(files)})`).join(', ')}
          </Fact>
        )}
        {result.notKept.length > 0 && (
          <Fact label={t('job.transfer.notKept')}>
            {result.notKept.map(({ what, count }) => `${isKept(what) ? t(`job.kept.${what}`) : what} (${format.count(count)})`).join(', ')}
          </Fact>
        )}
      </FactList>
    </div>
  );
}
