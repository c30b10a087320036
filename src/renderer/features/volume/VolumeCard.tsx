import { Ellipsis, Lock, Pin, Star } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';
import { openVolume } from '../../app/navigation.ts';
import { Button } from '../../components/Button.tsx';
import { Badge } from '../../components/Facts.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { ActionMenu, ContextActions } from '../../components/Menu.tsx';
import { Meter } from '../../components/Meter.tsx';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useDropFolder, useDropTarget } from '../file-operation/use-drop-target.ts';
import { useVolumeActions, useVolumeMenu } from './use-volume-actions.ts';
import { useVolumeKind } from './use-volume-kind.ts';
import { VolumeTile } from './VolumeTile.tsx';
import { capacityTone, isDoubtful, usedFraction } from './volume-facts.ts';

export function VolumeCard({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const kind = useVolumeKind();
  const items = useVolumeMenu(volume);
  const actions = useVolumeActions(volume);
  const { isOver, dropProps } = useDropTarget({
    folder: useDropFolder(volume),
    name: volume.name,
    fingerprint: volume.fingerprint,
    onSpring: () => openVolume(volume.fingerprint),
  });
  const open = () => openVolume(volume.fingerprint);
  return (
    <ContextActions items={items}>
      <article
        className={classNames(
          'group relative flex h-36 flex-col rounded-2xl border p-4 transition-[border-color,box-shadow,background-color] duration-150',
          isOver ? 'border-accent bg-accent-wash ring-1 ring-accent' : 'border-line bg-raised hover:border-line-strong',
          volume.isMounted && 'shadow-card',
        )}
        {...dropProps}
      >
        <button
          type="button"
          onClick={open}
          aria-label={t('volume.openNamed', { name: displayName(volume.name) })}
          className="absolute inset-0 rounded-2xl"
        />
        <div className="pointer-events-none flex items-start gap-3">
          <VolumeTile volume={volume} />
          <div className="min-w-0 flex-1">
            <h3 className="flex items-center gap-1.5 font-semibold text-base leading-5 tracking-[-0.01em]">
              <Name className={classNames('truncate', !volume.isMounted && 'text-soft')}>{volume.name}</Name>
              {volume.tracking?.isFavorite && (
                <Star aria-label={t('volume.isFavorite')} className="size-3.5 shrink-0 fill-[#e0a32e] text-[#e0a32e]" />
              )}
            </h3>
            <p className="mt-0.5 truncate text-faint text-xs">{kind(volume)}</p>
          </div>
          <div className="pointer-events-auto -mt-1 -mr-1.5 opacity-0 transition-opacity focus-within:opacity-100 group-hover:opacity-100 has-data-[state=open]:opacity-100">
            <ActionMenu items={items}>
              <IconButton icon={Ellipsis} label={t('common.more')} />
            </ActionMenu>
          </div>
        </div>
        <div className="pointer-events-none mt-auto flex min-h-7 items-center gap-1.5">
          <CardBadges volume={volume} />
          {volume.isMounted && !volume.tracking && (
            <Button
              size="sm"
              variant="link"
              icon={Pin}
              busy={actions.isTracking}
              onClick={actions.track}
              className="-my-1 -mr-2 pointer-events-auto ml-auto"
            >
              {t('volume.track')}
            </Button>
          )}
        </div>
        <CardCapacity volume={volume} />
      </article>
    </ContextActions>
  );
}

function CardBadges({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  return (
    <>
      {volume.isReadOnly && (
        <Badge>
          <Lock aria-hidden className="size-3" />
          {t('volume.readOnly')}
        </Badge>
      )}
      {volume.unresponsive && <Badge tone="warn">{t('status.unresponsive')}</Badge>}
      {isDoubtful(volume) && <Badge tone="warn">{t(volume.prompt === 'identity' ? 'status.doubtful' : 'identity.badge')}</Badge>}
      {volume.isMounted && volume.tracking && (
        <Badge tone="good">
          <span aria-hidden className="size-1.5 rounded-full bg-current" />
          {t('status.tracked')}
        </Badge>
      )}
    </>
  );
}

function CardCapacity({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!volume.isMounted && volume.tracking) {
    return (
      <p className="pointer-events-none text-faint text-xs leading-4">
        {t('volume.lastSeen', {
          ago: format.ago(volume.tracking.lastSeenAt),
          place: displayName(volume.tracking.lastSeenMountPoint ?? ''),
        })}
        <br />
        {t('volume.freeOf', { free: format.size(volume.availableBytes), total: format.size(volume.totalBytes) })}
      </p>
    );
  }
  return (
    <div className="pointer-events-none mt-2">
      <Meter fraction={usedFraction(volume)} tone={capacityTone(volume)} label={t('volume.capacityOf', { name: volume.name })} />
      <p className="mt-1.5 flex justify-between text-xs tabular">
        <span className="text-soft">{t('volume.free', { size: format.size(volume.availableBytes) })}</span>
        <span className="text-faint">{format.size(volume.totalBytes)}</span>
      </p>
    </div>
  );
}
