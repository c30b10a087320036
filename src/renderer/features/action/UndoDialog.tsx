import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toMooringError } from '../../../shared/contract/error.ts';
import { useDialog } from '../../app/dialog-store.ts';
import { engine, query } from '../../app/engine.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Modal } from '../../components/Modal.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { useVolumes } from '../volume/volume-queries.ts';
import { actionTitle } from './action-title.ts';
import { ChangeList } from './ChangeList.tsx';

/** What taking back an action of some time ago would do, before it is done; or why it cannot be. */
export function UndoDialog({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const close = useDialog((state) => state.close);
  const volumes = useVolumes().data?.items ?? [];
  const record = useQuery(query.actions.get.queryOptions({ input: { id }, staleTime: 0 }));
  const preview = useQuery(query.actions.previewUndo.queryOptions({ input: { id }, staleTime: 0, gcTime: 0 }));
  const [state, setState] = useState<{ isRunning: boolean; error: unknown }>({ isRunning: false, error: null });
  const undo = async () => {
    setState({ isRunning: true, error: null });
    try {
      await engine.actions.undo({ id });
      close();
    } catch (error) {
      setState({ isRunning: false, error });
    }
  };
  const isRefused = preview.error !== null && toMooringError(preview.error).code === 'UNDO_REFUSED';
  const title = record.data ? actionTitle(record.data, volumes, t) : '';
  const counts = preview.data && [
    ...(preview.data.files > 0 ? [t('transfer.files', { count: preview.data.files, shown: format.count(preview.data.files) })] : []),
    ...(preview.data.folders > 0
      ? [t('transfer.folders', { count: preview.data.folders, shown: format.count(preview.data.folders) })]
      : []),
    ...(preview.data.totalBytes > 0 ? [format.size(preview.data.totalBytes)] : []),
  ];
  return (
    <Modal
      title={isRefused ? t('action.undoRefusedTitle') : t('action.undoTitle')}
      description={<bdi>{title}</bdi>}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{isRefused ? t('common.close') : t('common.cancel')}</Button>
          {!isRefused && (
            <Button variant="primary" busy={state.isRunning} disabled={!preview.data} onClick={() => void undo()} data-autofocus>
              {t('action.undo')}
            </Button>
          )}
        </>
      }
    >
      <div className="space-y-3">
        <InlineError error={state.error ?? preview.error ?? record.error} />
        {preview.isPending && <Spinner className="mx-auto my-4 size-4" />}
        {counts && counts.length > 0 && <p className="text-soft">{counts.join(' · ')}</p>}
        {preview.data && <ChangeList changes={preview.data.changes} count={preview.data.changeCount} />}
      </div>
    </Modal>
  );
}
