import { DatabaseZap, Eject, Ellipsis, Lock, Pencil, Pin, Star } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';
import { Button } from '../../components/Button.tsx';
import { Badge } from '../../components/Facts.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { ActionMenu } from '../../components/Menu.tsx';
import { Meter } from '../../components/Meter.tsx';
import { Name } from '../../components/Name.tsx';
import { displayName } from '../../lib/display-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { AppearancePicker } from './AppearancePicker.tsx';
import { useIndexVolume, useVolumeActions, useVolumeMenu } from './use-volume-actions.ts';
import { useVolumeKind } from './use-volume-kind.ts';
import { capacityTone, usedFraction } from './volume-facts.ts';

export function VolumeHeader({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const kind = useVolumeKind();
  return (
    <header className="flex items-center gap-4 px-7 pt-2 pb-3 @max-[560px]/pane:px-4">
      <AppearancePicker volume={volume} />
      <div className="min-w-0 flex-1">
        <VolumeName volume={volume} />
        <p className="mt-0.5 flex items-center gap-1.5 truncate text-soft">
          <span className="shrink-0">{kind(volume)}</span>
          {volume.mountPoint && (
            <>
              <span aria-hidden>·</span>
              <Name className="truncate text-faint">{volume.mountPoint}</Name>
            </>
          )}
          {volume.isReadOnly && (
            <Badge>
              <Lock aria-hidden className="size-3" />
              {t('volume.readOnly')}
            </Badge>
          )}
          {!volume.isMounted && <Badge>{t('status.offline')}</Badge>}
          {volume.unresponsive && <Badge tone="warn">{t('status.unresponsive')}</Badge>}
        </p>
      </div>
      <Capacity volume={volume} />
      <HeaderActions volume={volume} />
    </header>
  );
}

function Capacity({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const format = useFormat();
  const free = format.sizeParts(volume.availableBytes);
  return (
    <div className="w-44 shrink-0 @max-[640px]/pane:hidden">
      <p className="flex items-baseline gap-1">
        <span className="font-semibold text-2xl tracking-[-0.03em] tabular">{free.figure}</span>
        <span className="font-medium text-base text-soft">{free.unit}</span>
        <span className="ml-auto text-faint text-xs tabular">{t('home.freeOf', { size: format.size(volume.totalBytes) })}</span>
      </p>
      <Meter
        fraction={usedFraction(volume)}
        tone={capacityTone(volume)}
        label={t('volume.capacityOf', { name: volume.name })}
        className="mt-1 h-1.5"
      />
    </div>
  );
}

function HeaderActions({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const actions = useVolumeActions(volume);
  const items = useVolumeMenu(volume);
  const index = useIndexVolume(volume);
  const isFavorite = volume.tracking?.isFavorite ?? false;
  return (
    <div className="ml-2 flex items-center gap-1">
      {volume.tracking && volume.isMounted && !index.isIndexed && (
        <Button icon={DatabaseZap} onClick={index.run} className="mr-1">
          <span className="@max-[420px]/pane:sr-only">{t('location.indexDrive')}</span>
        </Button>
      )}
      {volume.tracking ? (
        <IconButton
          icon={Star}
          isStarred={isFavorite}
          label={isFavorite ? t('volume.unfavorite') : t('volume.favorite')}
          aria-pressed={isFavorite}
          onClick={() => actions.update({ isFavorite: !isFavorite })}
        />
      ) : (
        <Button variant="primary" icon={Pin} busy={actions.isTracking} onClick={actions.track} className="mr-1">
          {t('volume.track')}
        </Button>
      )}
      {volume.isEjectable && volume.isMounted && (
        <IconButton icon={Eject} label={t('volume.eject')} disabled={actions.isEjecting} onClick={actions.eject} />
      )}
      <ActionMenu items={items}>
        <IconButton icon={Ellipsis} label={t('common.more')} />
      </ActionMenu>
    </div>
  );
}

/** The name as a heading; a tracked volume's name becomes a field when it is clicked. */
function VolumeName({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const actions = useVolumeActions(volume);
  const [draft, setDraft] = useState<string | null>(null);
  const finish = () => {
    const name = draft?.trim();
    if (name && name !== volume.name) actions.update({ displayName: name });
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') finish();
    if (event.key === 'Escape') setDraft(null);
  };
  if (draft !== null) {
    return (
      <input
        aria-label={t('volume.name')}
        value={draft}
        maxLength={255}
        // biome-ignore lint/a11y/noAutofocus: the user has just asked to type here.
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={finish}
        onKeyDown={onKeyDown}
        className="-ml-1.5 h-7 w-full max-w-96 rounded-md bg-sunken px-1.5 font-semibold text-xl tracking-[-0.02em]"
      />
    );
  }
  return (
    <h1 className="flex items-center font-semibold text-xl tracking-[-0.02em]">
      {volume.tracking ? (
        <button
          type="button"
          aria-label={t('volume.renameNamed', { name: displayName(volume.name) })}
          onClick={() => setDraft(volume.name)}
          className="group -ml-1.5 flex min-w-0 items-center gap-1.5 rounded-md px-1.5 hover:bg-hover"
        >
          <Name className="truncate">{volume.name}</Name>
          <Pencil
            aria-hidden
            className="size-3.5 shrink-0 text-faint opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100"
          />
        </button>
      ) : (
        <Name className="truncate">{volume.name}</Name>
      )}
    </h1>
  );
}
