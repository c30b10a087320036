import { Pin } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Name } from '../../components/Name.tsx';
import { displayName } from '../../lib/display-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useVolumeActions } from './use-volume-actions.ts';
import { useVolumeKind } from './use-volume-kind.ts';
import { VolumeTile } from './VolumeTile.tsx';
import { isDoubtful } from './volume-facts.ts';
import { useDismissPrompt, useVolume } from './volume-queries.ts';

/** A new drive has appeared: track it, not now, or never. It waits in the corner and stops nobody. */
export function TrackingPrompt({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const format = useFormat();
  const kind = useVolumeKind();
  const actions = useVolumeActions(volume);
  const dismiss = useDismissPrompt();
  const twin = useVolume(volume.identity.resembles);
  const leave = (forever: boolean) => dismiss.mutate({ volume: volume.fingerprint, forever });
  return (
    <section
      aria-label={t('prompt.label', { name: displayName(volume.name) })}
      data-prompt={volume.fingerprint}
      className="pointer-events-auto animate-rise rounded-2xl bg-raised p-4 shadow-float"
    >
      <div className="flex gap-3">
        <VolumeTile volume={volume} />
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold">
            <Name className="block truncate">{volume.name}</Name>
          </h2>
          <p className="truncate text-faint text-xs">
            {kind(volume)} · {t('volume.freeOf', { free: format.size(volume.availableBytes), total: format.size(volume.totalBytes) })}
          </p>
        </div>
      </div>
      <p className="mt-2.5 text-soft leading-5">
        {isDoubtful(volume) ? t('identity.twinText', { name: displayName(twin?.name ?? volume.name) }) : t('prompt.text')}
      </p>
      <div className="mt-2 empty:hidden">
        <InlineError error={dismiss.error} />
      </div>
      <div className="mt-3 flex items-center gap-1.5">
        <Button size="sm" variant="ghost" className="-ml-2" disabled={dismiss.isPending} onClick={() => leave(true)}>
          {t('prompt.never')}
        </Button>
        <Button size="sm" className="ml-auto" disabled={dismiss.isPending} onClick={() => leave(false)}>
          {t('prompt.notNow')}
        </Button>
        <Button size="sm" variant="primary" icon={Pin} busy={actions.isTracking} onClick={actions.track}>
          {t('volume.track')}
        </Button>
      </div>
    </section>
  );
}
