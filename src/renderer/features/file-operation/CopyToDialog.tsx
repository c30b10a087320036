import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';
import { useConnection } from '../../app/connection-store.ts';
import { useDialog } from '../../app/dialog-store.ts';
import { Button } from '../../components/Button.tsx';
import { Modal } from '../../components/Modal.tsx';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { mountPointToSdPath, stepsBelow, volumeRoot } from '../../lib/entry-path.ts';
import { useFormat } from '../../lib/use-format.ts';
import { FolderField } from '../library/FolderField.tsx';
import { VolumeTile } from '../volume/VolumeTile.tsx';
import { groupVolumes } from '../volume/volume-facts.ts';
import { useVolumes } from '../volume/volume-queries.ts';
import { startTransfer } from './transfer-flow.ts';

/** The keyboard's way to copy and move: choose a drive, plugged in or not, and a folder on it if its root will not do. */
export function CopyToDialog({ operation, sources }: { operation: 'copy' | 'move'; sources: string[] }) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const close = useDialog((state) => state.close);
  const volumes = useVolumes().data?.items ?? [];
  const targets = groupVolumes(volumes, locale)
    .flatMap((group) => group.volumes)
    .filter((volume) => (volume.isMounted ? !volume.isReadOnly && !volume.unresponsive : volume.tracking !== null));
  const deviceId = useConnection((state) => state.engine?.device.id ?? '');
  // The first drive that is not the one copied from is the likely one.
  const likely = targets.find((target) => target.isMounted && sources.every((source) => !liesOn(source, target, deviceId)));
  const [chosen, setChosen] = useState(likely?.fingerprint ?? null);
  const [path, setPath] = useState(likely?.mountPoint ?? '');
  const volume = targets.find((target) => target.fingerprint === chosen);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (path.trim() === '') return;
    close();
    void startTransfer({ operation, sources, destination: path.trim(), destinationName: volume?.name ?? path.trim() });
  };
  return (
    <Modal
      title={t(`transfer.toTitle.${operation}`, { count: sources.length })}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form="copy-to" disabled={path.trim() === ''}>
            {t(`transfer.start.${operation}`)}
          </Button>
        </>
      }
    >
      <form id="copy-to" onSubmit={submit} className="space-y-4">
        <fieldset>
          <legend className="mb-1.5 font-medium text-soft text-xs">{t('transfer.drive')}</legend>
          <div className="max-h-60 space-y-0.5 overflow-y-auto rounded-xl border border-line p-1">
            {targets.map((target) => (
              <Target
                key={target.fingerprint}
                volume={target}
                isChosen={target.fingerprint === chosen}
                onChoose={() => {
                  setChosen(target.fingerprint);
                  // Of a drive that is not plugged in there is only its root to choose: what goes there waits for it.
                  setPath(target.isMounted ? (target.mountPoint ?? '') : volumeRoot(target.fingerprint));
                }}
              />
            ))}
          </div>
        </fieldset>
        {volume?.isMounted === false ? (
          <p className="text-soft leading-5">{t(`transfer.waitsText.${operation}`)}</p>
        ) : (
          <FolderField label={t('transfer.folder')} value={path} onChange={setPath} />
        )}
      </form>
    </Modal>
  );
}

/** Whether an entry lies below a mount point of the volume. The root of the system holds everything: it does not count. */
function liesOn(path: string, volume: Volume, deviceId: string): boolean {
  return volume.mountPoints.some((point) => point === '/' || stepsBelow(mountPointToSdPath(deviceId, point), path) !== null);
}

function Target({ volume, isChosen, onChoose }: { volume: Volume; isChosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <label className={classNames('flex items-center gap-2.5 rounded-lg px-2 py-1.5', isChosen ? 'bg-selected' : 'hover:bg-hover')}>
      <input type="radio" name="target" checked={isChosen} onChange={onChoose} className="accent-(--accent)" />
      <VolumeTile volume={volume} size="sm" />
      <Name className="min-w-0 flex-1 truncate font-medium">{volume.name}</Name>
      <span className="text-soft text-xs tabular">
        {volume.isMounted ? t('volume.free', { size: format.size(volume.availableBytes) }) : t('browser.away')}
      </span>
    </label>
  );
}
