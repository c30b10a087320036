import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Spinner } from '../../components/Spinner.tsx';

/** What comes sooner is not announced: it would only flicker. */
const PATIENCE_MS = 150;

export function PreviewLoading() {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isShown) return null;
  return (
    <div role="status" aria-label={t('preview.loading')} className="absolute inset-0 grid place-items-center text-faint">
      <Spinner className="size-5" />
    </div>
  );
}
