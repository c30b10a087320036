import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../lib/class-names.ts';
import { IconButton } from './IconButton.tsx';

/**
 * The first field that takes the focus, else the dialog itself: never the close button, which only happens to come first, and never nothing, since
 * the keyboard would then go on behind the dialog.
 */
function focusFirstField(event: Event): void {
  event.preventDefault();
  const dialog = event.currentTarget;
  if (!(dialog instanceof HTMLElement)) return;
  const field = dialog.querySelector<HTMLElement>(':is(input, textarea, [data-autofocus]):enabled');
  (field ?? dialog).focus();
}

/** What had the focus before the dialog; for an item of a menu, which is gone by the time the dialog closes, the menu's button. */
function focusedBefore(): HTMLElement | null {
  const focused = document.activeElement;
  const button = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const origin = button ? document.getElementById(button) : focused;
  return origin instanceof HTMLElement ? origin : null;
}

interface ModalProps {
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  isWide?: boolean;
  onClose: () => void;
}

/** A dialog in front of everything else. It is open for as long as it is rendered. */
export function Modal({ title, description, children, footer, isWide = false, onClose }: ModalProps) {
  const { t } = useTranslation();
  const [origin] = useState(focusedBefore);
  // Radix gives the focus back to a dialog's trigger, and these dialogs have none.
  const restoreFocus = (event: Event) => {
    event.preventDefault();
    origin?.focus();
  };
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-[appear_120ms_ease-out] bg-[#0a1420]/35 dark:bg-black/55" />
        <Dialog.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={focusFirstField}
          onCloseAutoFocus={restoreFocus}
          className={classNames(
            'fixed top-[46%] left-1/2 z-50 flex max-h-[84vh] w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 animate-[appear_160ms_cubic-bezier(0.2,0.8,0.2,1)] flex-col rounded-2xl bg-raised shadow-float outline-none',
            isWide ? 'max-w-160' : 'max-w-110',
          )}
        >
          <div className="flex items-start gap-3 px-5 pt-4.5">
            <div className="min-w-0 flex-1">
              <Dialog.Title className="font-semibold text-lg tracking-[-0.01em]">{title}</Dialog.Title>
              {description && <Dialog.Description className="mt-1 text-soft text-sm leading-5">{description}</Dialog.Description>}
            </div>
            <Dialog.Close asChild>
              <IconButton icon={X} label={t('common.close')} className="-mr-1.5 -mt-0.5" />
            </Dialog.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4 [mask-image:linear-gradient(to_bottom,transparent,black_14px)]">
            {children}
          </div>
          {footer && <div className="flex justify-end gap-2 border-line border-t px-5 py-3.5">{footer}</div>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
