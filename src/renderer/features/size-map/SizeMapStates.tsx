import { useMutation } from '@tanstack/react-query';
import { ChartColumnStacked, FolderSearch } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { query } from '../../app/engine.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useJob } from '../job/job-queries.ts';

/** Nothing that takes up space is in the folder. */
export function SizeMapEmpty() {
  const { t } = useTranslation();
  return <EmptyState icon={ChartColumnStacked} title={t('sizeMap.empty')} text={t('sizeMap.emptyText')} />;
}

/** A folder that is in no index: it has to be looked through before anybody can say where its space went. */
export function SizeMapUnknown({ folder, onKnown }: { folder: Entry; onKnown: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const scan = useMutation(query.indexing.scan.mutationOptions());
  const job = useJob(scan.data?.job.id ?? null);
  const isLooking = scan.isPending || job?.status === 'running' || job?.status === 'queued';
  const error = scan.error ?? job?.error ?? null;
  const isDone = job?.status === 'completed';
  useEffect(() => {
    if (isDone) onKnown();
  }, [isDone, onKnown]);
  const seen = job?.progress.itemsDone ?? 0;
  return (
    <EmptyState
      icon={FolderSearch}
      title={t('sizeMap.unknownTitle')}
      text={error ? errorText(error) : t('sizeMap.unknown')}
      action={
        isLooking ? (
          <div className="w-64" aria-live="polite">
            <ProgressBar fraction={null} label={t('sizeMap.looking')} />
            <p className="mt-2 text-faint text-xs tabular">{t('sizeMap.seen', { count: seen, shown: format.count(seen) })}</p>
          </div>
        ) : (
          <div className="flex gap-2">
            <Button variant="primary" onClick={() => scan.mutate({ path: folder.path, persistence: 'ephemeral' })}>
              {t('sizeMap.look')}
            </Button>
            <Button onClick={() => showDialog({ kind: 'add-location', paths: [folder.path] })}>{t('location.addMenu')}</Button>
          </div>
        )
      }
    />
  );
}
