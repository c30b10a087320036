import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { TextField } from '../../components/TextField.tsx';
import { FolderField } from './FolderField.tsx';
import { useCreateLibrary } from './library-queries.ts';

/** Name and place of a new library. The place may stay empty: the engine then keeps it in its own data folder. */
export function CreateLibraryForm({ onDone }: { onDone?: () => void }) {
  const { t } = useTranslation();
  const create = useCreateLibrary();
  const [name, setName] = useState(t('library.defaultName'));
  const [path, setPath] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name: name.trim(), ...(path.trim() === '' ? {} : { path: path.trim() }) }, { onSuccess: () => onDone?.() });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <TextField
        label={t('library.name')}
        value={name}
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => setName(event.target.value)}
      />
      <FolderField
        label={t('library.place')}
        hint={t('library.placeHint')}
        placeholder={t('library.placeDefault')}
        value={path}
        onChange={setPath}
      />
      <InlineError error={create.error} />
      <div className="flex justify-end pt-1">
        <Button type="submit" variant="primary" busy={create.isPending} disabled={name.trim() === ''}>
          {t('library.create')}
        </Button>
      </div>
    </form>
  );
}
