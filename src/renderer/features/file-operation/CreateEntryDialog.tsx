import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { joinAddress } from '../../../shared/sd-path.ts';
import { useDialog } from '../../app/dialog-store.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Modal } from '../../components/Modal.tsx';
import { TextField } from '../../components/TextField.tsx';
import { displayName } from '../../lib/display-name.ts';
import { freeName, splitName } from '../../lib/split-name.ts';
import { useRunAction } from '../action/use-run-action.ts';
import { revealMade } from '../entry/reveal-store.ts';

interface CreateEntryDialogProps {
  what: 'folder' | 'file';
  parent: string;
  place: string;
  taken: string[];
}

/** Asks for the name of a new folder or file, with one proposed that is free. */
export function CreateEntryDialog({ what, parent, place, taken }: CreateEntryDialogProps) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const [name, setName] = useState(() => freeName(t(`file.proposed.${what}`), taken));
  const { run, isRunning, error } = useRunAction();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await run({ type: `file.create-${what}`, parent, name }))) return;
    revealMade(joinAddress(parent, name));
    close();
  };
  return (
    <Modal
      title={t(`file.createTitle.${what}`)}
      description={t('file.createText', { name: displayName(place) })}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form="create-entry" busy={isRunning} disabled={name.trim() === ''}>
            {t('file.create')}
          </Button>
        </>
      }
    >
      <form id="create-entry" onSubmit={(event) => void submit(event)} className="space-y-3">
        <TextField
          label={t('file.name')}
          value={name}
          autoFocus
          onFocus={(event) => event.target.setSelectionRange(0, splitName(event.target.value).stem.length)}
          onChange={(event) => setName(event.target.value)}
        />
        <InlineError error={error} />
      </form>
    </Modal>
  );
}
