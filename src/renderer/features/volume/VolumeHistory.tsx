import { CircleCheck, CircleDashed, CircleX, History } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Volume, VolumeOperation } from '../../../shared/contract/volume.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Facts.tsx';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { readSpeedTest } from './speed-test-result.ts';
import { useVolumeOperations } from './volume-queries.ts';

/** Every operation on the volume that the library has a record of, newest first. */
export function VolumeHistory({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const operations = useVolumeOperations(volume.fingerprint);
  if (operations.error) return <ErrorNotice error={operations.error} onRetry={() => operations.refetch()} />;
  const items = operations.data?.items;
  if (!items) return null;
  if (items.length === 0) return <EmptyState icon={History} title={t('history.empty')} text={t('history.emptyText')} />;
  return (
    <div className="h-full overflow-y-auto px-7 py-5">
      <div className="max-w-190">
        <Panel>
          <ol className="divide-y divide-line">
            {items.map((operation) => (
              <HistoryLine key={operation.id} operation={operation} />
            ))}
          </ol>
        </Panel>
      </div>
    </div>
  );
}

function HistoryLine({ operation }: { operation: VolumeOperation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const speeds = readSpeedTest(operation);
  const [Icon, color] =
    operation.status === 'completed'
      ? ([CircleCheck, 'text-good'] as const)
      : operation.status === 'failed' || operation.status === 'cancelled'
        ? ([CircleX, 'text-bad'] as const)
        : ([CircleDashed, 'text-soft'] as const);
  return (
    <li className="flex items-start gap-3 px-4 py-2.5">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${color}`} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {t(`operation.${operation.type}`)} <span className="font-normal text-soft">· {t(`operationStatus.${operation.status}`)}</span>
        </p>
        {operation.error && (
          <p data-selectable className="mt-0.5 break-words text-bad text-xs">
            {errorText(operation.error)}
          </p>
        )}
        {speeds && (
          <p className="mt-0.5 text-soft text-xs tabular">
            {t('speed.summary', {
              read: format.count(Math.round(speeds.readSpeedMbps)),
              write: format.count(Math.round(speeds.writeSpeedMbps)),
            })}
          </p>
        )}
      </div>
      <time dateTime={operation.createdAt} title={format.dateTime(operation.createdAt)} className="shrink-0 text-faint text-xs">
        {format.dateTime(operation.createdAt)}
      </time>
    </li>
  );
}
