import { ArrowRight, Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ActionPreview } from '../../../shared/contract/action.ts';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useVolumes } from '../volume/volume-queries.ts';

/** The drive as it is, and as it would be: drawn, and in words. */
export function Space({ space }: { space: NonNullable<ActionPreview['space']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const volume = useVolumes().data?.items.find(({ fingerprint }) => fingerprint === space.volume);
  const { availableBytes, neededBytes, availableAfterBytes, fits } = space;
  const total = volume ? volume.totalBytes : Math.max(availableBytes, neededBytes, 1);
  const used = Math.max(0, total - availableBytes);
  const share = (bytes: number) => `${Math.min(100, (bytes / total) * 100)}%`;
  return (
    <section aria-label={t('transfer.space')} className={classNames('rounded-xl px-4 py-3', fits ? 'bg-sunken' : 'bg-bad-wash')}>
      <p className={classNames('font-medium', !fits && 'text-bad')}>
        {fits ? t('transfer.fits') : t('transfer.doesNotFit', { missing: format.size(neededBytes - availableBytes) })}
      </p>
      <div aria-hidden className="my-2 flex h-2 gap-px overflow-hidden rounded-full bg-track">
        <div className="h-full bg-line-strong" style={{ width: share(used) }} />
        <div className={classNames('h-full', fits ? 'bg-accent' : 'bg-bad-solid')} style={{ width: `max(${share(neededBytes)}, 3px)` }} />
      </div>
      <p className="flex items-center gap-1.5 text-soft text-xs tabular">
        {volume && <Name className="min-w-0 truncate font-medium">{volume.name}</Name>}
        <span className="shrink-0">
          {t('volume.free', { size: format.size(availableBytes) })}
          {fits && (
            <>
              {' '}
              <ArrowRight aria-label={t('transfer.afterwards')} className="mx-0.5 inline size-3" />{' '}
              {t('volume.free', { size: format.size(availableAfterBytes) })}
            </>
          )}
        </span>
      </p>
    </section>
  );
}

/** How the bytes get there, for each pair of drives. */
export function Strategies({ preview }: { preview: ActionPreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const volumes = useVolumes().data?.items ?? [];
  const nameOf = (fingerprint: string | null) => volumes.find((volume) => volume.fingerprint === fingerprint)?.name ?? t('common.unknown');
  if (preview.transfers.length === 0) return null;
  return (
    <ul aria-label={t('transfer.how')} className="divide-y divide-line rounded-xl border border-line text-xs">
      {preview.transfers.map(({ strategy, from, to, files, bytes }) => (
        <li key={`${strategy} ${from} ${to}`} className="flex items-center gap-3 px-3 py-2">
          <span className="flex min-w-0 flex-1 items-center gap-1.5 font-medium">
            <Name className="truncate">{nameOf(from)}</Name>
            {from !== to && (
              <>
                <ArrowRight aria-hidden className="size-3 shrink-0 text-faint" />
                <Name className="truncate">{nameOf(to)}</Name>
              </>
            )}
          </span>
          <span className="shrink-0 text-soft tabular">
            {[t('transfer.files', { count: files, shown: format.count(files) }), format.size(bytes)].join(' · ')}
          </span>
          <span className="w-44 shrink-0 text-right text-soft">{t(`transfer.strategy.${strategy}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Drives that have to be plugged in first: until then it waits. */
export function WaitsFor({ fingerprints, operation }: { fingerprints: readonly string[]; operation: 'copy' | 'move' }) {
  const { t } = useTranslation();
  const volumes = useVolumes().data?.items ?? [];
  const names = fingerprints.map(
    (fingerprint) => volumes.find((volume) => volume.fingerprint === fingerprint)?.name ?? t('common.unknown'),
  );
  return (
    <div className="flex gap-3 rounded-xl bg-warn-wash px-4 py-3 text-warn">
      <Unplug aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div>
        <p className="font-medium">{t('transfer.waits', { count: names.length, name: names.map(displayName).join(', ') })}</p>
        <p className="mt-0.5 text-xs leading-4.5">{t(`transfer.waitsText.${operation}`)}</p>
      </div>
    </div>
  );
}
