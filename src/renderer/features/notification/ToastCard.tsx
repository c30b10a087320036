import { CircleCheck, Info, TriangleAlert, Undo2, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { displayName } from '../../lib/display-name.ts';
import { type Toast, useToasts } from './toast-store.ts';

const SHOWN_MS = 6000;
/** Long enough to notice a slip of the hand. */
const SHOWN_WITH_UNDO_MS = 10_000;
const ICONS = { neutral: Info, good: CircleCheck, bad: TriangleAlert };
const COLORS = { neutral: 'text-accent', good: 'text-good', bad: 'text-bad' };

export function ToastCard({ toast }: { toast: Toast }) {
  const { t } = useTranslation();
  const dismiss = useToasts((state) => state.dismiss);
  const [isHeld, setHeld] = useState(false);
  const canUndo = toast.undo !== undefined;
  const staysOpen = isHeld || toast.tone === 'bad' || toast.isWorking === true;
  useEffect(() => {
    if (staysOpen) return;
    const timer = setTimeout(() => dismiss(toast.id), canUndo ? SHOWN_WITH_UNDO_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [dismiss, staysOpen, canUndo, toast.id]);
  const Icon = ICONS[toast.tone];
  // Two of them beside the text would leave it no room.
  const hasTwo = canUndo && toast.action !== undefined;
  const buttons = (
    <>
      {toast.undo && (
        <Button
          size="sm"
          variant="link"
          icon={Undo2}
          onClick={() => {
            toast.undo?.();
            dismiss(toast.id);
          }}
        >
          {t('action.undo')}
        </Button>
      )}
      {toast.action && (
        <Button
          size="sm"
          onClick={() => {
            toast.action?.run();
            dismiss(toast.id);
          }}
        >
          {toast.action.label}
        </Button>
      )}
    </>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it open.
    <div
      role={toast.tone === 'bad' ? 'alert' : 'status'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex animate-rise items-start gap-2.5 rounded-xl bg-raised py-2.5 pr-2 pl-3.5 shadow-float"
    >
      {toast.isWorking ? (
        <Spinner className="mt-1.5 size-4 shrink-0 text-accent" />
      ) : (
        <Icon aria-hidden className={`mt-1.5 size-4 shrink-0 ${COLORS[toast.tone]}`} strokeWidth={2} />
      )}
      <div className="min-w-0 flex-1 py-1">
        <p className="break-words font-medium">{displayName(toast.title)}</p>
        {toast.text && <p className="mt-0.5 break-words text-soft text-xs">{displayName(toast.text)}</p>}
        {hasTwo && <div className="-ml-2.5 mt-1 flex gap-1">{buttons}</div>}
      </div>
      {!hasTwo && buttons}
      <IconButton icon={X} label={t('common.close')} onClick={() => dismiss(toast.id)} />
    </div>
  );
}
