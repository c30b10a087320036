import { ChevronRight, Ellipsis, RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Location } from '../../../shared/contract/location.ts';
import { openVolume } from '../../app/navigation.ts';
import { Button } from '../../components/Button.tsx';
import { Badge } from '../../components/Facts.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { ActionMenu } from '../../components/Menu.tsx';
import { Name } from '../../components/Name.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { LocationTile } from './LocationTile.tsx';
import { isWholeVolume } from './location-facts.ts';
import { useLocationActions, useLocationMenu } from './use-location-actions.ts';

export function LocationHeader({ location }: { location: Location }) {
  const { t } = useTranslation();
  const actions = useLocationActions(location);
  const items = useLocationMenu(location);
  return (
    <header className="flex items-center gap-4 px-7 pt-2 pb-3 @max-[560px]/pane:px-4">
      <span className="flex shrink-0 @max-[420px]/pane:hidden">
        <LocationTile location={location} size="lg" />
      </span>
      <div className="min-w-0 flex-1">
        <h1 className="truncate font-semibold text-xl tracking-[-0.02em]">
          <Name>{location.name}</Name>
        </h1>
        <p className="mt-0.5 flex items-center gap-1.5 text-soft">
          <button
            type="button"
            onClick={() => openVolume(location.volumeFingerprint)}
            className="-ml-1 max-w-64 shrink-0 truncate rounded px-1 hover:bg-hover hover:text-ink"
          >
            <Name>{location.volumeName}</Name>
          </button>
          {!isWholeVolume(location) && (
            <>
              <ChevronRight aria-hidden className="-mx-1 size-3.5 shrink-0 text-faint" />
              <Name className="truncate text-faint">{location.pathInVolume}</Name>
            </>
          )}
          {!location.isOnline && <Badge>{t('status.offline')}</Badge>}
          {location.mode !== 'shallow' && <Badge>{t(`location.modeName.${location.mode}`)}</Badge>}
        </p>
      </div>
      <Totals location={location} />
      <div className="ml-2 flex items-center gap-1">
        <Button
          icon={RefreshCw}
          disabled={!location.isOnline || location.jobId !== null}
          busy={actions.isBusy}
          onClick={() => actions.rescan('quick')}
          className="mr-1"
        >
          <span className="@max-[420px]/pane:sr-only">{t('location.rescan')}</span>
        </Button>
        <ActionMenu items={items}>
          <IconButton icon={Ellipsis} label={t('common.more')} />
        </ActionMenu>
      </div>
    </header>
  );
}

/** All that is known of its size: the bytes in large, since they are what one looks for. */
function Totals({ location }: { location: Location }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { totalBytes, totalFileCount, totalFolderCount } = location;
  const { figure, unit } = format.sizeParts(totalBytes);
  return (
    <div className="shrink-0 text-right tabular @max-[640px]/pane:hidden">
      <p>
        <span className="font-semibold text-2xl tracking-[-0.03em]">{figure}</span>{' '}
        <span className="font-medium text-base text-soft">{unit}</span>
      </p>
      <p className="text-faint text-xs">
        {t('browser.files', { count: totalFileCount, shown: format.count(totalFileCount) })} ·{' '}
        {t('browser.folders', { count: totalFolderCount, shown: format.count(totalFolderCount) })}
      </p>
    </div>
  );
}
