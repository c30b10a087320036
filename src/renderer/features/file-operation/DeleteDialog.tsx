import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionPreview } from '../../../shared/contract/action.ts';
import { useDialog } from '../../app/dialog-store.ts';
import { engine, query } from '../../app/engine.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Name } from '../../components/Name.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { lastName } from '../../lib/entry-path.ts';
import { useFormat } from '../../lib/use-format.ts';
import { nameOf } from '../action/action-title.ts';
import { sendable } from '../action/hand-over.ts';
import { useRunAction } from '../action/use-run-action.ts';
import { Obstacles } from './Obstacles.tsx';

const SHOWN = 6;

/** Asks before something is deleted for good, and says what and how much is lost. */
export function DeleteDialog({ sources }: { sources: string[] }) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const action = { type: 'file.delete' as const, sources };
  // Of very many sources no key is made.
  const preview = useQuery({
    queryKey: [...query.actions.preview.key(), useId()],
    queryFn: async ({ signal }) => engine.actions.preview({ action: await sendable(action) }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
  const { run, isRunning, error } = useRunAction();
  const confirm = async () => {
    if (await run({ ...action, ...expectedOf(preview.data) })) close();
    else void preview.refetch();
  };
  return (
    <ConfirmDialog
      title={t('file.deleteTitle', { what: nameOf(sources, sources.length, t) })}
      description={t('file.deleteText')}
      action={t('file.delete')}
      busy={isRunning}
      error={(error ?? preview.error) as Error | null}
      onConfirm={() => void confirm()}
      onClose={close}
    >
      <div className="space-y-3">
        <div className="rounded-xl bg-bad-wash px-4 py-3">
          <p className="flex items-center gap-2 font-medium text-bad">
            {preview.isPending ? <Spinner className="size-4" /> : <TriangleAlert aria-hidden className="size-4 shrink-0" />}
            {preview.data ? <Lost preview={preview.data} /> : preview.isPending && t('file.counting')}
          </p>
        </div>
        <ul className="divide-y divide-line rounded-xl border border-line">
          {sources.slice(0, SHOWN).map((source) => (
            <li key={source} className="px-3 py-1.5">
              <Name className="block truncate">{lastName(source)}</Name>
            </li>
          ))}
          {sources.length > SHOWN && (
            <li className="px-3 py-1.5 text-soft">
              {t('transfer.more', { count: sources.length - SHOWN, shown: String(sources.length - SHOWN) })}
            </li>
          )}
        </ul>
        {preview.data && preview.data.obstacleCount > 0 && <Obstacles preview={preview.data} />}
      </div>
    </ConfirmDialog>
  );
}

/** “240 files in 12 folders, 1.2 GB, will be gone for good.” */
function Lost({ preview }: { preview: ActionPreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { files, folders, symlinks, totalBytes } = preview;
  const what = [
    ...(files > 0 ? [t('transfer.files', { count: files, shown: format.count(files) })] : []),
    ...(folders > 0 ? [t('transfer.folders', { count: folders, shown: format.count(folders) })] : []),
    ...(symlinks > 0 ? [t('file.links', { count: symlinks, shown: format.count(symlinks) })] : []),
    format.size(totalBytes),
  ];
  return t('file.lost', { what: what.join(', ') });
}

/** What was shown: if there is more by then, nothing is deleted. What lies on a drive that is away was not counted. */
function expectedOf(preview: ActionPreview | undefined) {
  if (!preview || preview.waitsFor.length > 0) return {};
  const { files, folders, symlinks, totalBytes } = preview;
  return { expected: { files, folders, symlinks, totalBytes } };
}
