import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { joinAddress } from '../../../shared/sd-path.ts';
import { useDialog } from '../../app/dialog-store.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Modal } from '../../components/Modal.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { TextField } from '../../components/TextField.tsx';
import { displayName } from '../../lib/display-name.ts';
import { lastName, parentPath } from '../../lib/entry-path.ts';
import { freeName } from '../../lib/split-name.ts';
import { useRunAction } from '../action/use-run-action.ts';
import { revealMade } from '../entry/reveal-store.ts';

interface CreateLinkDialogProps {
  target: string;
  isFolder: boolean;
  /** Null: beside what it leads to. */
  parent: string | null;
  taken: string[];
}

/** Asks for the name and the kind of a link. Folders have no second names: they are linked to symbolically. */
export function CreateLinkDialog({ target, isFolder, parent, taken }: CreateLinkDialogProps) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const [name, setName] = useState(() => freeName(lastName(target), taken));
  const [kind, setKind] = useState<'symbolic' | 'hard'>('symbolic');
  const { run, isRunning, error } = useRunAction();
  const folder = parent ?? parentPath(target);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (folder === null || !(await run({ type: 'file.create-link', target, parent: folder, name, kind }))) return;
    revealMade(joinAddress(folder, name));
    close();
  };
  return (
    <Modal
      title={t('file.linkTitle', { name: displayName(lastName(target)) })}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form="create-link" busy={isRunning} disabled={name.trim() === '' || folder === null}>
            {t('file.create')}
          </Button>
        </>
      }
    >
      <form id="create-link" onSubmit={(event) => void submit(event)} className="space-y-4">
        <TextField
          label={t('file.name')}
          value={name}
          autoFocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
        />
        {!isFolder && (
          <div>
            <p className="mb-1.5 font-medium text-soft text-xs">{t('file.linkKind')}</p>
            <Segmented
              label={t('file.linkKind')}
              value={kind}
              options={(['symbolic', 'hard'] as const).map((value) => ({ value, label: t(`file.link.${value}`) }))}
              onChange={setKind}
            />
            <p className="mt-1.5 text-faint text-xs">{t(`file.linkText.${kind}`)}</p>
          </div>
        )}
        <InlineError error={error} />
      </form>
    </Modal>
  );
}
