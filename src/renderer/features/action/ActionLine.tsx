import { ChevronRight, CircleSlash, CircleX, TriangleAlert, Undo2 } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionRecord } from '../../../shared/contract/action.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Badge, Fact, FactList } from '../../components/Facts.tsx';
import { Name } from '../../components/Name.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { undoReasonText } from '../../lib/reason-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useReadableAddress } from '../volume/use-readable-address.ts';
import { useVolumes } from '../volume/volume-queries.ts';
import { iconOfAction } from './action-icons.ts';
import { actionTitle } from './action-title.ts';
import { ChangeList } from './ChangeList.tsx';
import { useActionParts } from './use-action-parts.ts';

interface ActionLineProps {
  action: ActionRecord;
  /** The one that it took back, where that is known. */
  undone: ActionRecord | undefined;
}

/** One line of the history; what is known besides unfolds below it. */
export function ActionLine({ action, undone }: ActionLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const volumes = useVolumes().data?.items ?? [];
  const parts = useActionParts();
  const [isOpen, setOpen] = useState(false);
  const detailsId = useId();
  const Icon = iconOfAction(action.type);
  const { undo } = action;
  const title =
    undone && action.status === 'completed'
      ? t('action.undone', { title: actionTitle(undone, volumes, t) })
      : actionTitle(action, volumes, t);
  return (
    <li>
      <div className="flex items-center gap-3 px-3 py-2">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={detailsId}
          onClick={() => setOpen(!isOpen)}
          className="flex min-w-0 flex-1 items-center gap-3 rounded-lg text-left"
        >
          <span className="grid size-8 shrink-0 place-items-center rounded-lg bg-pressed text-soft">
            <Icon aria-hidden className="size-4" strokeWidth={1.9} />
          </span>
          <span className="min-w-0 flex-1">
            <span className="flex items-center gap-2">
              <bdi className="min-w-0 truncate font-medium">{title}</bdi>
              <Status action={action} />
            </span>
            <span className="block truncate text-faint text-xs tabular">{[format.time(action.at), ...parts(action)].join(' · ')}</span>
          </span>
          <ChevronRight aria-hidden className={`size-4 shrink-0 text-faint transition-transform ${isOpen ? 'rotate-90' : ''}`} />
        </button>
        <span className="flex w-24 shrink-0 justify-end">
          {undo.state === 'possible' && (
            <Button size="sm" icon={Undo2} onClick={() => showDialog({ kind: 'undo-action', id: action.id })}>
              {t('action.undo')}
            </Button>
          )}
          {undo.state === 'undone' && <Badge>{t('action.wasUndone')}</Badge>}
          {undo.state === 'undoing' && <Spinner className="size-4 text-faint" />}
        </span>
      </div>
      {isOpen && <Details id={detailsId} action={action} />}
    </li>
  );
}

function Status({ action }: { action: ActionRecord }) {
  const { t } = useTranslation();
  const { status, problemCount } = action;
  if (status === 'running') return <Badge tone="accent">{t('action.status.running')}</Badge>;
  if (status === 'failed') {
    return (
      <Badge tone="bad">
        <CircleX aria-hidden className="size-3" />
        {t('action.status.failed')}
      </Badge>
    );
  }
  if (status === 'cancelled') {
    return (
      <Badge>
        <CircleSlash aria-hidden className="size-3" />
        {t('action.status.cancelled')}
      </Badge>
    );
  }
  if (problemCount === 0) return null;
  return (
    <Badge tone="warn">
      <TriangleAlert aria-hidden className="size-3" />
      {t('job.problems', { count: problemCount, shown: String(problemCount) })}
    </Badge>
  );
}

function Details({ id, action }: { id: string; action: ActionRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const readable = useReadableAddress();
  const { input, result, undo, jobId, error } = action;
  const destination = typeof input.destination === 'string' ? input.destination : null;
  const seconds = action.completedAt === null ? null : (Date.parse(action.completedAt) - Date.parse(action.at)) / 1000;
  const created = result?.kind === 'transfer' ? result.created.map((to) => ({ from: null, to })) : [];
  return (
    <div id={id} className="space-y-3 border-line border-t bg-sunken px-4 py-3">
      <InlineError error={error} />
      <div className="-mx-4 -my-2">
        <FactList>
          <Fact label={t('action.when')}>{format.dateTime(action.at)}</Fact>
          {seconds !== null && seconds >= 1 && <Fact label={t('job.took')}>{format.duration(seconds)}</Fact>}
          {destination !== null && (
            <Fact label={t('action.where')}>
              <Name className="break-all font-mono text-xs">{readable(destination)}</Name>
            </Fact>
          )}
          <Fact label={t('action.computer')}>
            <Name>{action.deviceName}</Name>
          </Fact>
          {undo.state === 'impossible' && action.status !== 'running' && (
            <Fact label={t('action.undo')}>{undoReasonText(undo) ?? t('action.cannotUndo')}</Fact>
          )}
        </FactList>
      </div>
      {result?.kind === 'changes' && <ChangeList changes={result.changes} count={result.changeCount} />}
      {created.length > 0 && <ChangeList changes={created} count={created.length} />}
      {jobId !== null && (
        <Button size="sm" onClick={() => showDialog({ kind: 'job', id: jobId })}>
          {t('action.showJob')}
        </Button>
      )}
    </div>
  );
}
