import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Library } from '../../../shared/contract/library.ts';
import { useDialog } from '../../app/dialog-store.ts';
import { query } from '../../app/engine.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Fact, FactList } from '../../components/Facts.tsx';
import { Modal } from '../../components/Modal.tsx';
import { Name } from '../../components/Name.tsx';
import { RenameDialog } from '../../components/RenameDialog.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { showToast } from '../notification/toast-store.ts';
import { CreateLibraryForm } from './CreateLibraryForm.tsx';
import { useDeleteLibrary, useRenameLibrary, useRestoreLibrary } from './library-queries.ts';
import { OpenLibraryForm } from './OpenLibraryForm.tsx';

export function CreateLibraryDialog() {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  return (
    <Modal title={t('library.createTitle')} description={t('library.createText')} onClose={close}>
      <CreateLibraryForm onDone={close} />
    </Modal>
  );
}

export function OpenLibraryDialog() {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  return (
    <Modal title={t('library.openTitle')} description={t('library.openText')} onClose={close}>
      <OpenLibraryForm onDone={close} />
    </Modal>
  );
}

export function RenameLibraryDialog({ library }: { library: Library }) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const rename = useRenameLibrary();
  return (
    <RenameDialog
      title={t('library.renameTitle')}
      label={t('library.name')}
      name={library.name}
      busy={rename.isPending}
      error={rename.error}
      onRename={(name) => rename.mutate({ library: library.id, name }, { onSuccess: close })}
      onClose={close}
    />
  );
}

export function DeleteLibraryDialog({ library }: { library: Library }) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const remove = useDeleteLibrary();
  const onSuccess = () => {
    close();
    showToast({ tone: 'neutral', title: t('library.deleted', { name: library.name }) });
  };
  return (
    <ConfirmDialog
      title={t('library.deleteTitle', { name: displayName(library.name) })}
      description={t('library.deleteText')}
      action={t('library.delete')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ library: library.id }, { onSuccess })}
      onClose={close}
    >
      <p data-selectable className="rounded-lg bg-sunken px-3 py-2 font-mono text-xs break-all text-soft">
        <Name>{library.path}</Name>
      </p>
    </ConfirmDialog>
  );
}

export function RestoreLibraryDialog({ library }: { library: Library }) {
  const { t } = useTranslation();
  const format = useFormat();
  const close = useDialog((state) => state.close);
  const backups = useQuery(query.libraries.backups.queryOptions({ input: { library: library.id }, staleTime: 0 }));
  const restore = useRestoreLibrary();
  const [chosen, setChosen] = useState<string | null>(null);
  const items = backups.data?.items ?? [];
  const backup = chosen ?? items[0]?.name ?? null;
  return (
    <Modal
      title={t('library.restoreTitle', { name: displayName(library.name) })}
      description={t('library.restoreText')}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            disabled={backup === null}
            busy={restore.isPending}
            onClick={() =>
              backup !== null &&
              restore.mutate(
                { library: library.id, backup },
                {
                  onSuccess: () => {
                    close();
                    showToast({ tone: 'good', title: t('library.restored', { name: library.name }) });
                  },
                },
              )
            }
          >
            {t('library.restore')}
          </Button>
        </>
      }
    >
      {backups.isPending && <Spinner />}
      {backups.data && items.length === 0 && <p className="py-4 text-center text-soft">{t('library.noBackups')}</p>}
      <div role="radiogroup" aria-label={t('library.backups')} className="space-y-1">
        {items.map((item) => (
          <label
            key={item.path}
            className={classNames('flex items-center gap-3 rounded-lg px-3 py-2', item.name === backup ? 'bg-selected' : 'hover:bg-hover')}
          >
            <input
              type="radio"
              name="backup"
              checked={item.name === backup}
              onChange={() => setChosen(item.name)}
              className="accent-(--accent)"
            />
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{format.dateTime(item.createdAt)}</span>
              <span className="block text-soft text-xs">{t(`library.backupReason.${item.reason}`)}</span>
            </span>
            <span className="text-soft text-xs tabular">{format.size(item.sizeBytes)}</span>
          </label>
        ))}
      </div>
      <div className="mt-3 empty:hidden">
        <InlineError error={backups.error ?? restore.error} />
      </div>
    </Modal>
  );
}

export function LibraryStatisticsDialog({ library }: { library: Library }) {
  const { t } = useTranslation();
  const format = useFormat();
  const close = useDialog((state) => state.close);
  const statistics = useQuery(query.libraries.statistics.queryOptions({ input: { library: library.id }, staleTime: 0 }));
  return (
    <Modal title={<Name>{library.name}</Name>} description={t('library.statisticsText')} onClose={close}>
      <InlineError error={statistics.error} />
      {statistics.data && (
        <div className="-mx-4">
          <FactList>
            <Fact label={t('library.trackedVolumes')}>{format.count(statistics.data.trackedVolumes)}</Fact>
            <Fact label={t('library.databaseSize')}>{format.size(statistics.data.databaseBytes)}</Fact>
            <Fact label={t('library.created')}>{format.dateTime(library.createdAt)}</Fact>
            <Fact label={t('library.place')}>
              <Name className="font-mono text-xs break-all">{library.path}</Name>
            </Fact>
          </FactList>
        </div>
      )}
    </Modal>
  );
}
