import { FolderX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { useErrorText } from '../../lib/use-error-text.ts';

/** Further rows of a list could not be read; those that are there stay. */
export function NextPageError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return (
    <div role="alert" className="absolute inset-x-4 bottom-3 flex items-center gap-2 rounded-lg bg-bad-wash py-1.5 pr-1.5 pl-3 text-bad">
      <FolderX aria-hidden className="size-4 shrink-0" />
      <span className="min-w-0 flex-1">{errorText(error)}</span>
      <Button size="sm" onClick={onRetry}>
        {t('common.retry')}
      </Button>
    </div>
  );
}
