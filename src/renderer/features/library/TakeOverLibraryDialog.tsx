import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LockHolder } from '../../../shared/contract/library.ts';
import { useDialog } from '../../app/dialog-store.ts';
import { engine } from '../../app/engine.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Modal } from '../../components/Modal.tsx';
import { displayName } from '../../lib/display-name.ts';
import { useFormat } from '../../lib/use-format.ts';

interface TakeOverLibraryDialogProps {
  /** Id or path. */
  library: string;
  name: string;
  holder: LockHolder;
}

/** The library is written down as open on another computer. Whether it still is cannot be seen from here: the user knows. */
export function TakeOverLibraryDialog({ library, name, holder }: TakeOverLibraryDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const close = useDialog((state) => state.close);
  const takeOver = useMutation({
    mutationFn: async () => {
      const { id } = await engine.libraries.open({ library, takeOver: true });
      await engine.libraries.switch({ library: id });
    },
    onSuccess: close,
  });
  return (
    <Modal
      title={t('library.takeOverTitle', { name: displayName(name) })}
      description={t('library.takeOverText', { computer: displayName(holder.deviceName), when: format.dateTime(holder.since) })}
      onClose={close}
      footer={
        <>
          <Button onClick={close} data-autofocus>
            {t('common.cancel')}
          </Button>
          <Button variant="danger" busy={takeOver.isPending} onClick={() => takeOver.mutate()}>
            {t('library.takeOver')}
          </Button>
        </>
      }
    >
      <InlineError error={takeOver.error} />
    </Modal>
  );
}
