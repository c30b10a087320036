import { BellOff, Ellipsis, Pin, Timer } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';
import { Button } from '../../components/Button.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { ActionMenu } from '../../components/Menu.tsx';
import { Name } from '../../components/Name.tsx';
import { displayName } from '../../lib/display-name.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { showToast } from '../notification/toast-store.ts';
import { useVolumeActions } from './use-volume-actions.ts';
import { useVolumeKind } from './use-volume-kind.ts';
import { VolumeTile } from './VolumeTile.tsx';
import { useDismissPrompt, useTrackVolume } from './volume-queries.ts';

/** Several new drives at once, as on the first day: one card for all of them. */
export function TrackingPrompts({ volumes }: { volumes: Volume[] }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const track = useTrackVolume();
  const dismiss = useDismissPrompt();
  const trackAll = async () => {
    for (const volume of volumes) {
      try {
        await track.mutateAsync({ volume: volume.fingerprint });
      } catch (error) {
        // One that cannot be tracked must not keep the others from it.
        showToast({ tone: 'bad', title: t('volume.trackFailed', { name: volume.name }), text: errorText(error) });
      }
    }
  };
  const dismissAll = () => {
    for (const volume of volumes) dismiss.mutate({ volume: volume.fingerprint });
  };
  return (
    <section
      aria-label={t('prompt.title', { count: volumes.length })}
      className="pointer-events-auto flex min-h-0 animate-rise flex-col rounded-2xl bg-raised shadow-float"
    >
      <div className="px-4 pt-3.5 pb-2">
        <h2 className="font-semibold">{t('prompt.title', { count: volumes.length })}</h2>
        <p className="mt-0.5 text-soft text-xs leading-4.5">{t('prompt.textMany')}</p>
      </div>
      <ul className="max-h-64 min-h-0 overflow-y-auto px-2">
        {volumes.map((volume) => (
          <li key={volume.fingerprint}>
            <PromptLine volume={volume} />
          </li>
        ))}
      </ul>
      <div className="flex justify-end gap-1.5 px-4 pt-2.5 pb-3.5">
        <Button size="sm" disabled={track.isPending} onClick={dismissAll}>
          {t('prompt.notNow')}
        </Button>
        <Button size="sm" variant="primary" icon={Pin} busy={track.isPending} onClick={trackAll}>
          {t('prompt.trackAll')}
        </Button>
      </div>
    </section>
  );
}

function PromptLine({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const format = useFormat();
  const kind = useVolumeKind();
  const actions = useVolumeActions(volume);
  const dismiss = useDismissPrompt();
  const leave = (forever: boolean) => dismiss.mutate({ volume: volume.fingerprint, forever });
  return (
    <section
      aria-label={t('prompt.label', { name: displayName(volume.name) })}
      data-prompt={volume.fingerprint}
      className="flex items-center gap-2.5 rounded-lg px-2 py-1.5 hover:bg-hover"
    >
      <VolumeTile volume={volume} size="sm" />
      <span className="min-w-0 flex-1">
        <Name className="block truncate font-medium leading-4.5">{volume.name}</Name>
        <span className="block truncate text-2xs text-faint">
          {kind(volume)} · {format.size(volume.totalBytes)}
        </span>
      </span>
      <Button size="sm" variant="link" busy={actions.isTracking} onClick={actions.track}>
        {t('volume.track')}
      </Button>
      <ActionMenu
        items={[
          { label: t('prompt.notNow'), icon: Timer, onSelect: () => leave(false) },
          { label: t('prompt.never'), icon: BellOff, onSelect: () => leave(true) },
        ]}
      >
        <IconButton icon={Ellipsis} label={t('common.more')} />
      </ActionMenu>
    </section>
  );
}
