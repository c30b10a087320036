import { RotateCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../lib/use-error-text.ts';
import { Button } from './Button.tsx';
import { EmptyState } from './EmptyState.tsx';

interface ErrorNoticeProps {
  error: unknown;
  /** What it means here, where that is known. */
  title?: string | undefined;
  onRetry?: () => void;
  isRetrying?: boolean;
  /** Another way out. */
  action?: ReactNode;
}

/** Something could not be fetched: what the engine said about it, and a way to try again. */
export function ErrorNotice({ error, title, onRetry, isRetrying = false, action }: ErrorNoticeProps) {
  const { t } = useTranslation();
  const text = useErrorText();
  return (
    <div role="alert" className="h-full">
      <EmptyState
        icon={TriangleAlert}
        title={title ?? t('error.title')}
        text={<span data-selectable>{text(error)}</span>}
        action={
          <div className="flex justify-center gap-2 empty:hidden">
            {onRetry && (
              <Button icon={RotateCw} busy={isRetrying} onClick={onRetry}>
                {t('common.retry')}
              </Button>
            )}
            {action}
          </div>
        }
      />
    </div>
  );
}

/** The same, in one line where something was tried. */
export function InlineError({ error }: { error: unknown }) {
  const text = useErrorText();
  if (!error) return null;
  return (
    <p role="alert" data-selectable className="flex gap-2 rounded-lg bg-bad-wash px-3 py-2 text-bad text-xs leading-4.5">
      <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span className="min-w-0 break-words">{text(error)}</span>
    </p>
  );
}
