import { FolderTree } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toMooringError } from '../../../shared/contract/error.ts';
import { useDialog } from '../../app/dialog-store.ts';
import { openLocation } from '../../app/navigation.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Modal } from '../../components/Modal.tsx';
import { Name } from '../../components/Name.tsx';
import { TextField } from '../../components/TextField.tsx';
import { displayName } from '../../lib/display-name.ts';
import { lastName, plainPath } from '../../lib/entry-path.ts';
import { FolderField } from '../library/FolderField.tsx';
import { useVolumes } from '../volume/volume-queries.ts';
import { LocationFields } from './LocationFields.tsx';
import { draftProblems, NEW_LOCATION, rulesOf } from './location-draft.ts';
import { useAddLocation } from './location-queries.ts';

/** Makes folders locations. `paths`: those that were dropped or named already; none while the user has to choose one. */
export function AddLocationDialog({ paths }: { paths: string[] }) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const add = useAddLocation();
  const [draft, setDraft] = useState(NEW_LOCATION);
  // What was named keeps its lossless address unless the user types another.
  const [typed, setTyped] = useState<string | null>(null);
  const [left, setLeft] = useState(paths);
  const isSeveral = left.length > 1;
  const path = typed ?? left[0] ?? '';
  const overlap = toMooringError(add.error ?? null).code === 'LOCATION_OVERLAPS' ? add.error : null;
  const problem = useRef<HTMLDivElement>(null);
  // Below a folder chooser it would be out of sight.
  useEffect(() => {
    if (add.error) problem.current?.scrollIntoView({ block: 'nearest' });
  }, [add.error]);
  const volumes = useVolumes().data?.items ?? [];
  const volume = volumes.find(({ mountPoints }) => mountPoints.includes(plainPath(path)));
  const isFlawed = Object.values(draftProblems(draft)).some(Boolean);

  const submit = async (allowOverlap: boolean) => {
    const name = draft.name.trim();
    const rest = { mode: draft.mode, watch: draft.watch, rules: rulesOf(draft), allowOverlap };
    for (const folder of isSeveral ? left : [path.trim()]) {
      const added = await add.mutateAsync({ path: folder, ...rest, ...(name === '' || isSeveral ? {} : { name }) }).catch(() => null);
      // The dialog shows what went wrong, with what is still to be added.
      if (!added) return;
      setLeft((folders) => folders.filter((candidate) => candidate !== folder));
      openLocation(added.location.id);
    }
    close();
  };
  return (
    <Modal
      title={t('location.addTitle', { count: Math.max(left.length, 1) })}
      description={t('location.addText')}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          {overlap ? (
            <Button variant="primary" busy={add.isPending} onClick={() => void submit(true)}>
              {t('location.addAnyway')}
            </Button>
          ) : (
            <Button variant="primary" type="submit" form="add-location" busy={add.isPending} disabled={path.trim() === '' || isFlawed}>
              {t('location.add')}
            </Button>
          )}
        </>
      }
    >
      <form
        id="add-location"
        className="space-y-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (!add.isPending) void submit(false);
        }}
      >
        {isSeveral ? (
          <FolderNames paths={left} />
        ) : (
          <>
            <FolderField
              label={t('location.folder')}
              placeholder={t('location.folderPlaceholder')}
              value={typed ?? plainPath(path)}
              onChange={(value) => {
                setTyped(value);
                add.reset();
              }}
            />
            <TextField
              label={t('location.name')}
              placeholder={displayName(volume?.name ?? lastName(path))}
              maxLength={255}
              value={draft.name}
              onChange={(event) => setDraft({ ...draft, name: event.target.value })}
            />
          </>
        )}
        <div ref={problem} className="empty:hidden">
          {overlap ? <Overlap error={overlap} /> : <InlineError error={add.error} />}
        </div>
        <LocationFields draft={draft} onChange={setDraft} />
      </form>
    </Modal>
  );
}

function FolderNames({ paths }: { paths: string[] }) {
  return (
    <ul className="divide-y divide-line rounded-xl border border-line text-xs">
      {paths.map((path) => (
        <li key={path} className="truncate px-3 py-1.5">
          <Name>{plainPath(path)}</Name>
        </li>
      ))}
    </ul>
  );
}

/** Nothing is wrong: the user has to say that it is meant. */
function Overlap({ error }: { error: Error }) {
  const { t } = useTranslation();
  return (
    <div role="alert" className="flex gap-2.5 rounded-lg bg-warn-wash px-3 py-2.5 text-xs leading-4.5">
      <FolderTree aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warn" />
      <div className="min-w-0 break-words">
        <p data-selectable className="font-medium text-warn">
          {displayName(error.message)}
        </p>
        <p className="mt-0.5 text-soft">{t('location.overlapText')}</p>
      </div>
    </div>
  );
}
