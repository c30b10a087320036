import { EyeOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { showToast } from '../notification/toast-store.ts';

/** Linux counts watches per user; this many are enough for about a million folders, at about 1 kB of memory for each that is used. */
const REMEDY = 'echo fs.inotify.max_user_watches=1048576 | sudo tee /etc/sysctl.d/60-mooring.conf && sudo sysctl --system';

/** The system lets nobody watch that many folders: what that means, and how to change it. */
export function WatchLimitNotice() {
  const { t } = useTranslation();
  return (
    <div className="flex gap-2.5 rounded-lg bg-warn-wash px-3 py-2 text-xs leading-4.5">
      <EyeOff aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" strokeWidth={1.9} />
      <div className="min-w-0 flex-1">
        <p className="text-warn">{t('location.watchLimited')}</p>
        <code data-selectable className="mt-1 block break-all font-mono text-2xs text-soft">
          {REMEDY}
        </code>
      </div>
      <Button
        size="sm"
        onClick={() =>
          navigator.clipboard.writeText(REMEDY).then(
            () => showToast({ tone: 'good', title: t('location.copied') }),
            () => showToast({ tone: 'bad', title: t('location.copyFailed') }),
          )
        }
      >
        {t('location.copyCommand')}
      </Button>
    </div>
  );
}
