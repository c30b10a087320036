import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { InlineError } from './ErrorNotice.tsx';
import { Modal } from './Modal.tsx';

interface ConfirmDialogProps {
  title: ReactNode;
  description: ReactNode;
  children?: ReactNode;
  /** What the button that does it says. */
  action: string;
  busy: boolean;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something is taken away. “Cancel” has the focus, so that Enter does no harm. */
export function ConfirmDialog({ title, description, children, action, busy, error, onConfirm, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      title={title}
      description={description}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            {t('common.cancel')}
          </Button>
          <Button variant="danger" busy={busy} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      {children}
      <div className="mt-3 empty:hidden">
        <InlineError error={error} />
      </div>
    </Modal>
  );
}
