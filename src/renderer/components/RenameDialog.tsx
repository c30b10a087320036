import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { InlineError } from './ErrorNotice.tsx';
import { Modal } from './Modal.tsx';
import { TextField } from './TextField.tsx';

interface RenameDialogProps {
  title: ReactNode;
  description?: ReactNode;
  label: string;
  name: string;
  maxLength?: number;
  busy: boolean;
  error: Error | null;
  onRename: (name: string) => void;
  onClose: () => void;
}

/** Asks for another name. It stays open, with what went wrong, until whoever opened it closes it. */
export function RenameDialog({ title, description, label, name, maxLength = 255, busy, error, onRename, onClose }: RenameDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onRename(text.trim());
  };
  return (
    <Modal
      title={title}
      description={description}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form="rename" busy={busy} disabled={text.trim() === ''}>
            {t('common.rename')}
          </Button>
        </>
      }
    >
      <form id="rename" onSubmit={submit} className="space-y-3">
        <TextField
          label={label}
          value={text}
          maxLength={maxLength}
          autoFocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => setText(event.target.value)}
        />
        <InlineError error={error} />
      </form>
    </Modal>
  );
}
