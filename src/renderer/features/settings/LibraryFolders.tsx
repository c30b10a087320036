import { FolderPlus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { Modal } from '../../components/Modal.tsx';
import { Name } from '../../components/Name.tsx';
import { displayName } from '../../lib/display-name.ts';
import { FolderField } from '../library/FolderField.tsx';
import type { SettingProps } from './setting.ts';

/** Folders in which libraries are looked for. Taking one from the list leaves what is in it alone. */
export function LibraryFolders({ config, update }: SettingProps) {
  const { t } = useTranslation();
  const [isAdding, setAdding] = useState(false);
  const { folders } = config.libraries;
  const set = (next: string[]) => update({ libraries: { folders: next } });
  return (
    <div className="flex flex-wrap items-center gap-2">
      {folders.length === 0 && <span className="text-faint text-xs">{t('settings.noFolders')}</span>}
      <ul aria-label={t('settings.libraryFolders')} className="contents">
        {folders.map((folder) => (
          <li key={folder} className="flex h-8 min-w-0 items-center rounded-lg border border-line bg-sunken pl-2.5">
            <Name className="min-w-0 truncate font-mono text-xs">{folder}</Name>
            <IconButton
              icon={X}
              label={t('settings.removeFolder', { folder: displayName(folder) })}
              onClick={() => set(folders.filter((other) => other !== folder))}
              className="[&>svg]:size-3.5"
            />
          </li>
        ))}
      </ul>
      <Button size="sm" icon={FolderPlus} onClick={() => setAdding(true)}>
        {t('settings.addFolder')}
      </Button>
      {isAdding && (
        <AddFolder
          onClose={() => setAdding(false)}
          onAdd={(folder) => {
            setAdding(false);
            if (!folders.includes(folder)) set([...folders, folder]);
          }}
        />
      )}
    </div>
  );
}

function AddFolder({ onAdd, onClose }: { onAdd: (folder: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [folder, setFolder] = useState('');
  const isAbsolute = /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(folder.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isAbsolute) onAdd(folder.trim());
  };
  return (
    <Modal
      title={t('settings.addFolderTitle')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form="add-library-folder" disabled={!isAbsolute}>
            {t('settings.add')}
          </Button>
        </>
      }
    >
      <form id="add-library-folder" onSubmit={submit}>
        <FolderField label={t('settings.folder')} value={folder} onChange={setFolder} />
      </form>
    </Modal>
  );
}
