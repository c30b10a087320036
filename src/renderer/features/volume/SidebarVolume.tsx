import { Lock, Star } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';
import { openVolume, useRoute } from '../../app/navigation.ts';
import { ContextActions } from '../../components/Menu.tsx';
import { Meter } from '../../components/Meter.tsx';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useDropFolder, useDropTarget } from '../file-operation/use-drop-target.ts';
import { useVolumeMenu } from './use-volume-actions.ts';
import { VolumeTile } from './VolumeTile.tsx';
import { capacityTone, usedFraction } from './volume-facts.ts';

/** One volume of the sidebar: opens it, takes drops, and has the volume's menu. */
export function SidebarVolume({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const route = useRoute();
  const items = useVolumeMenu(volume);
  const isCurrent = route.page === 'volume' && route.fingerprint === volume.fingerprint;
  const { isOver, dropProps } = useDropTarget({
    folder: useDropFolder(volume),
    name: volume.name,
    fingerprint: volume.fingerprint,
    onSpring: () => openVolume(volume.fingerprint),
  });
  return (
    <ContextActions items={items}>
      <button
        type="button"
        data-volume={volume.fingerprint}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={() => openVolume(volume.fingerprint)}
        className={classNames(
          'group flex w-full items-center gap-2.5 rounded-lg px-2 py-1.5 text-left transition-colors duration-100',
          isOver ? 'bg-accent text-on-accent ring-2 ring-accent' : isCurrent ? 'bg-pressed' : 'hover:bg-hover',
        )}
        {...dropProps}
      >
        <VolumeTile volume={volume} size="sm" />
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-1.5">
            <Name className={classNames('min-w-0 flex-1 truncate font-medium', !volume.isMounted && !isOver && 'text-soft')}>
              {volume.name}
            </Name>
            {volume.tracking?.isFavorite && <Star aria-hidden className="size-3 shrink-0 fill-[#e0a32e] text-[#e0a32e]" />}
            {volume.isReadOnly && <Lock aria-hidden className={classNames('size-3 shrink-0', !isOver && 'text-faint')} />}
            <span className="sr-only">, {t(`status.${statusOf(volume)}`)}, </span>
            <StatusDot volume={volume} />
          </span>
          <VolumeLine volume={volume} isOver={isOver} />
        </span>
      </button>
    </ContextActions>
  );
}

/** The second line: how full while it is here, when it was last here while it is not. */
function VolumeLine({ volume, isOver }: { volume: Volume; isOver: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!volume.isMounted && volume.tracking) {
    const seen = t('volume.lastSeenShort', { ago: format.ago(volume.tracking.lastSeenAt) });
    return <span className={classNames('block truncate text-2xs', isOver ? '' : 'text-soft')}>{seen}</span>;
  }
  if (volume.unresponsive) return <span className="block truncate text-2xs text-warn">{t('status.unresponsive')}</span>;
  const free = t('volume.free', { size: format.size(volume.availableBytes) });
  return (
    <span className="mt-1 flex items-center gap-2">
      <Meter fraction={usedFraction(volume)} tone={capacityTone(volume)} className="h-1 flex-1" />
      <span className={classNames('shrink-0 text-2xs tabular', isOver ? '' : 'text-soft')}>{free}</span>
    </span>
  );
}

export function statusOf(volume: Volume): 'offline' | 'unresponsive' | 'doubtful' | 'tracked' | 'untracked' {
  if (!volume.isMounted) return 'offline';
  if (volume.unresponsive) return 'unresponsive';
  if (volume.prompt === 'identity') return 'doubtful';
  return volume.tracking ? 'tracked' : 'untracked';
}

const DOT: Record<Exclude<ReturnType<typeof statusOf>, 'untracked'>, string> = {
  offline: 'border border-line-strong',
  unresponsive: 'bg-[#d98a1c]',
  doubtful: 'bg-[#d98a1c]',
  tracked: 'bg-[#2fa37c]',
};

/** Green: tracked and here. Amber: wants attention. Hollow: offline. An untracked volume has none: seen, not kept. */
function StatusDot({ volume }: { volume: Volume }) {
  const status = statusOf(volume);
  if (status === 'untracked') return null;
  return <span aria-hidden className={classNames('mr-0.5 size-1.75 shrink-0 rounded-full', DOT[status])} />;
}
