import { Fingerprint } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';
import { followVolume } from '../../app/navigation.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { displayName } from '../../lib/display-name.ts';
import { useResolveIdentity, useVolume } from './volume-queries.ts';

/** “Is this the same drive?”: the identity is doubtful, and only the user knows. */
export function IdentityQuestion({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const twin = useVolume(volume.identity.resembles);
  const resolve = useResolveIdentity();
  // Both are plugged in: they are two drives, and there is nothing to ask.
  if (volume.prompt !== 'identity') return <TwinNotice name={twin?.name ?? volume.name} />;
  const answer = (same: boolean) =>
    // It goes on under another fingerprint, and the question may have gone with the old one before the answer to it is here.
    resolve.mutateAsync({ volume: volume.fingerprint, same }).then(
      (answered) => followVolume(volume.fingerprint, answered.fingerprint),
      () => {
        // Told below the question.
      },
    );
  return (
    <section aria-label={t('identity.question')} className="mx-7 mt-4 flex items-start gap-3.5 rounded-xl bg-warn-wash px-4 py-3.5">
      <Fingerprint aria-hidden className="mt-0.5 size-5 shrink-0 text-warn" strokeWidth={1.7} />
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold">{t('identity.question')}</h2>
        <p className="mt-0.5 text-soft leading-5">{t('identity.questionText', { name: displayName(twin?.name ?? volume.name) })}</p>
        <div className="mt-2 empty:hidden">
          <InlineError error={resolve.error} />
        </div>
      </div>
      <Button busy={resolve.isPending} onClick={() => answer(false)}>
        {t('identity.different')}
      </Button>
      <Button variant="primary" busy={resolve.isPending} onClick={() => answer(true)}>
        {t('identity.same')}
      </Button>
    </section>
  );
}

function TwinNotice({ name }: { name: string }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('identity.twin')} className="mx-7 mt-4 flex items-start gap-3.5 rounded-xl bg-warn-wash px-4 py-3.5">
      <Fingerprint aria-hidden className="mt-0.5 size-5 shrink-0 text-warn" strokeWidth={1.7} />
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold">{t('identity.twin')}</h2>
        <p className="mt-0.5 text-soft leading-5">{t('identity.twinText', { name: displayName(name) })}</p>
      </div>
    </section>
  );
}
