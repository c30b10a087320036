import { CircleAlert, KeyRound, RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import appIcon from '../../../resources/icon.svg';
import { CONTRACT_VERSION } from '../../shared/contract/version.ts';
import { Button } from '../components/Button.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { Spinner } from '../components/Spinner.tsx';
import { retryNow } from './connect.ts';
import { useConnection } from './connection-store.ts';
import { useTheme } from './theme.ts';

/** Before the first connection, and where no connection is possible. */
export function ConnectionScreen() {
  const { t } = useTranslation();
  const { status, message } = useConnection();
  useTheme('system');
  if (status === 'mismatch') {
    return (
      <main role="alert" className="h-full">
        <EmptyState
          icon={CircleAlert}
          title={t('connection.mismatch')}
          text={
            <>
              {t('connection.mismatchText', { version: CONTRACT_VERSION })}
              <br />
              <span data-selectable className="text-faint">
                {message}
              </span>
            </>
          }
          action={
            <Button variant="primary" icon={RotateCw} onClick={() => window.location.reload()}>
              {t('connection.reload')}
            </Button>
          }
        />
      </main>
    );
  }
  if (status === 'unauthorized') {
    return (
      <main role="alert" className="h-full">
        <EmptyState icon={KeyRound} title={t('connection.unauthorized')} text={t('connection.unauthorizedText')} />
      </main>
    );
  }
  return (
    <main className="flex h-full flex-col items-center justify-center gap-5">
      <img src={appIcon} alt="" className="size-20" />
      <p role="status" className="flex items-center gap-2 text-soft">
        <Spinner className="size-4" />
        {t('connection.connecting')}
      </p>
    </main>
  );
}

/** The line broke: say so, keep what is shown, and go on trying. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  return (
    <div
      role="status"
      className="fixed top-3 left-1/2 z-60 flex -translate-x-1/2 animate-[appear_160ms_ease-out] items-center gap-2.5 rounded-full bg-raised py-1.5 pr-1.5 pl-4 shadow-float"
    >
      <Spinner className="size-3.5 text-warn" />
      <span className="font-medium">{t('connection.lost')}</span>
      <Button size="sm" variant="ghost" className="rounded-full" onClick={retryNow}>
        {t('connection.tryNow')}
      </Button>
    </div>
  );
}
