import { useMutation, useMutationState } from '@tanstack/react-query';
import { Gauge } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SpeedTestResult, Volume } from '../../../shared/contract/volume.ts';
import { query } from '../../app/engine.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Panel } from '../../components/Facts.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { readSpeedTest } from './speed-test-result.ts';
import { useVolumeOperations } from './volume-queries.ts';

/** The left end of the scale is a slow stick, the right end a fast internal SSD; logarithmic, as speeds are. */
const SLOWEST_MBPS = 5;
const FASTEST_MBPS = 5000;

export function SpeedTest({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const format = useFormat();
  const mutationKey = ['speed-test', volume.fingerprint];
  const test = useMutation(query.volumes.speedTest.mutationOptions({ mutationKey }));
  const operations = useVolumeOperations(volume.fingerprint).data?.items ?? [];
  // The test goes on when the user looks elsewhere; whoever comes back finds it running.
  const started = useMutationState({ filters: { mutationKey, status: 'pending' } }).length > 0;
  const isRunning = started || operations.some(({ type, status }) => type === 'speed-test' && status === 'executing');
  const last = operations.find((operation) => readSpeedTest(operation) !== null);
  const result = last ? readSpeedTest(last) : null;
  const reason = !volume.isMounted ? t('speed.offline') : volume.isReadOnly ? t('speed.readOnly') : null;
  return (
    <div className="h-full overflow-y-auto px-7 py-5">
      <div className="max-w-190 space-y-4">
        <Panel>
          <div className="flex items-center gap-4 px-5 py-4">
            <div className="min-w-0 flex-1">
              <h2 className="font-semibold text-base">{t('speed.title')}</h2>
              <p className="mt-0.5 text-soft leading-5">{reason ?? t('speed.text')}</p>
            </div>
            <Button
              variant="primary"
              icon={Gauge}
              busy={isRunning}
              disabled={reason !== null}
              onClick={() => test.mutate({ volume: volume.fingerprint })}
            >
              {isRunning ? t('speed.running') : t('speed.start')}
            </Button>
          </div>
          {isRunning && <ProgressBar fraction={null} label={t('speed.running')} className="mx-5 mb-5" />}
          {(test.error || test.data?.error) && (
            <div className="px-5 pb-5">
              <InlineError error={test.error ?? test.data?.error} />
            </div>
          )}
          {result && !isRunning && <SpeedFigures result={result} />}
        </Panel>
        {result && last && (
          <p className="px-1 text-faint text-xs">
            {t('speed.lastTested', { when: format.dateTime(last.createdAt), size: format.size(result.bytesWritten) })}
            {!result.readPastCache && ` ${t('speed.cacheNote')}`}
          </p>
        )}
      </div>
    </div>
  );
}

function SpeedFigures({ result }: { result: SpeedTestResult }) {
  const { t } = useTranslation();
  return (
    <div className="grid grid-cols-2 divide-x divide-line border-line border-t">
      <SpeedFigure label={t('speed.read')} mbps={result.readSpeedMbps} />
      <SpeedFigure label={t('speed.write')} mbps={result.writeSpeedMbps} />
    </div>
  );
}

function SpeedFigure({ label, mbps }: { label: string; mbps: number }) {
  const format = useFormat();
  const place = Math.log(Math.max(mbps, SLOWEST_MBPS) / SLOWEST_MBPS) / Math.log(FASTEST_MBPS / SLOWEST_MBPS);
  return (
    <div className="px-5 py-4">
      <p className="text-soft text-xs">{label}</p>
      <p className="mt-1 flex items-baseline gap-1.5">
        <span className="font-semibold text-3xl tracking-[-0.035em] tabular">
          {format.count(mbps < 10 ? Math.round(mbps * 10) / 10 : Math.round(mbps))}
        </span>
        <span className="font-medium text-soft">MB/s</span>
      </p>
      <div aria-hidden className="mt-3 h-1.5 overflow-hidden rounded-full bg-track">
        <div
          className="h-full rounded-full bg-linear-to-r from-[#7fb6d8] to-accent transition-[width] duration-700 ease-out"
          style={{ width: `${Math.min(1, Math.max(0.02, place)) * 100}%` }}
        />
      </div>
    </div>
  );
}
