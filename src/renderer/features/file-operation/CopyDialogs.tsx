import { useTranslation } from 'react-i18next';
import type { ConflictPolicy, CopyPlan } from '../../../shared/contract/file.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Modal } from '../../components/Modal.tsx';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { lastName } from '../../lib/entry-path.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { abandonCopy, dispatchCopy, startCopy, useCopyFlow } from './copy-flow.ts';

/** What has to be asked or said before a copy can start; nothing while all is well. */
export function CopyDialogs() {
  const { step, request, plan, error } = useCopyFlow();
  const { t } = useTranslation();
  if (!request) return null;
  const name = displayName(request.destinationName);
  if (step === 'failed') {
    return (
      <Modal
        title={t('copy.failedTitle', { name })}
        onClose={abandonCopy}
        footer={
          <>
            <Button onClick={abandonCopy}>{t('common.close')}</Button>
            <Button variant="primary" onClick={() => startCopy(request)}>
              {t('common.retry')}
            </Button>
          </>
        }
      >
        <InlineError error={error} />
      </Modal>
    );
  }
  if (!plan) return null;
  return <CopyQuestion plan={plan} name={name} isStarting={step === 'starting'} />;
}

function CopyQuestion({ plan, name, isStarting }: { plan: CopyPlan; name: string; isStarting: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const hasConflicts = plan.conflictCount > 0;
  const what = t('copy.what', { count: plan.files, shown: format.count(plan.files), size: format.size(plan.totalBytes) });
  return (
    <Modal
      isWide
      title={hasConflicts ? t('copy.conflictTitle', { count: plan.conflictCount, name }) : t('copy.confirmTitle', { name })}
      description={what}
      onClose={abandonCopy}
      footer={<Answers hasConflicts={hasConflicts} fits={plan.fits} isStarting={isStarting} />}
    >
      <Space plan={plan} />
      {hasConflicts && <Conflicts plan={plan} />}
      {plan.skipped.length > 0 && <Skipped plan={plan} />}
    </Modal>
  );
}

function Answers({ hasConflicts, fits, isStarting }: { hasConflicts: boolean; fits: boolean; isStarting: boolean }) {
  const { t } = useTranslation();
  const start = (policy: ConflictPolicy) => () => void dispatchCopy(policy);
  return (
    <>
      <Button variant="ghost" className="mr-auto" onClick={abandonCopy}>
        {t('common.cancel')}
      </Button>
      {hasConflicts ? (
        <>
          <Button disabled={isStarting} onClick={start('skip')}>
            {t('copy.skip')}
          </Button>
          <Button disabled={isStarting || !fits} onClick={start('overwrite')}>
            {t('copy.replace')}
          </Button>
          <Button variant="primary" busy={isStarting} disabled={!fits} onClick={start('rename')}>
            {t('copy.keepBoth')}
          </Button>
        </>
      ) : (
        <Button variant="primary" busy={isStarting} disabled={!fits} onClick={start('ask')}>
          {t('copy.start')}
        </Button>
      )}
    </>
  );
}

/** What is needed against what is free, drawn. */
function Space({ plan }: { plan: CopyPlan }) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = plan.availableBytes === 0 ? 1 : Math.min(1, plan.totalBytes / plan.availableBytes);
  return (
    <div className={classNames('rounded-xl px-4 py-3', plan.fits ? 'bg-sunken' : 'bg-bad-wash')}>
      <p className={classNames('font-medium', !plan.fits && 'text-bad')}>
        {plan.fits ? t('copy.fits') : t('copy.doesNotFit', { missing: format.size(plan.totalBytes - plan.availableBytes) })}
      </p>
      <div aria-hidden className="my-2 h-1.5 overflow-hidden rounded-full bg-track">
        <div
          className={classNames('h-full rounded-full', plan.fits ? 'bg-accent' : 'bg-bad-solid')}
          style={{ width: `max(${share * 100}%, 3px)` }}
        />
      </div>
      <p className="text-soft text-xs tabular">
        {t('copy.space', { needed: format.size(plan.totalBytes), free: format.size(plan.availableBytes) })}
      </p>
    </div>
  );
}

const SHOWN = 100;
/** What scrolls has to be reachable by the keyboard. */
const SCROLLABLE = { tabIndex: 0 };

function Conflicts({ plan }: { plan: CopyPlan }) {
  const { t } = useTranslation();
  const format = useFormat();
  const more = plan.conflictCount - Math.min(plan.conflicts.length, SHOWN);
  return (
    <section className="mt-4">
      <h3 className="mb-1.5 font-medium text-soft text-xs">{t('copy.conflicts')}</h3>
      <ul
        aria-label={t('copy.conflicts')}
        {...SCROLLABLE}
        className="max-h-44 divide-y divide-line overflow-y-auto rounded-xl border border-line"
      >
        {plan.conflicts.slice(0, SHOWN).map((conflict) => (
          <li key={conflict.source} className="flex items-baseline gap-3 px-3 py-1.5">
            <Name className="min-w-0 flex-1 truncate">{lastName(conflict.target)}</Name>
            {conflict.kind === 'mismatch' && <span className="shrink-0 text-warn text-xs">{t('copy.mismatch')}</span>}
          </li>
        ))}
        {more > 0 && <li className="px-3 py-1.5 text-soft">{t('copy.more', { shown: format.count(more) })}</li>}
      </ul>
    </section>
  );
}

function Skipped({ plan }: { plan: CopyPlan }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return (
    <section className="mt-4">
      <h3 className="mb-1.5 font-medium text-soft text-xs">{t('copy.skipped')}</h3>
      <ul
        aria-label={t('copy.skipped')}
        {...SCROLLABLE}
        className="max-h-36 divide-y divide-line overflow-y-auto rounded-xl border border-line"
      >
        {plan.skipped.slice(0, SHOWN).map((item) => (
          <li key={item.path} className="px-3 py-1.5">
            <Name className="block truncate">{lastName(item.path)}</Name>
            <span className="text-faint text-xs">{errorText(item)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
