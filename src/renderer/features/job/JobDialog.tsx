import { useQuery } from '@tanstack/react-query';
import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IndexMetrics } from '../../../shared/contract/indexing.ts';
import type { Job } from '../../../shared/contract/job.ts';
import { useDialog } from '../../app/dialog-store.ts';
import { query } from '../../app/engine.ts';
import { ErrorNotice, InlineError } from '../../components/ErrorNotice.tsx';
import { Fact, FactList } from '../../components/Facts.tsx';
import { Modal } from '../../components/Modal.tsx';
import { Name } from '../../components/Name.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { plainPath } from '../../lib/entry-path.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useVolumes } from '../volume/volume-queries.ts';
import { JobButtons } from './JobActions.tsx';
import { JobLog, JobProblems } from './JobRecords.tsx';
import { canRetry, isActive, useJob } from './job-queries.ts';
import { SpeedGraph } from './SpeedGraph.tsx';
import { SpeedLimit } from './SpeedLimit.tsx';
import { TransferReport } from './TransferReport.tsx';
import { TransferSummary } from './TransferSummary.tsx';
import { usePauseText, usePhase, useProgressParts, useResultParts } from './use-job-lines.ts';
import { readTransferInput, useJobTitle } from './use-job-title.ts';

/** Everything that is known of one job. */
export function JobDialog({ id }: { id: string }) {
  const close = useDialog((state) => state.close);
  const known = useJob(id);
  // One that ended before those that the page keeps.
  const fetched = useQuery(query.jobs.get.queryOptions({ input: { id }, enabled: known === undefined }));
  const title = useJobTitle();
  const job = known ?? fetched.data;
  if (!job) {
    return fetched.error ? (
      <Modal title="" onClose={close}>
        <ErrorNotice error={fetched.error} />
      </Modal>
    ) : null;
  }
  return (
    <Modal isWide title={<bdi>{title(job)}</bdi>} onClose={close} footer={(isActive(job) || canRetry(job)) && <JobButtons job={job} />}>
      <Summary job={job} title={title(job)} />
      <Records job={job} />
    </Modal>
  );
}

function Summary({ job, title }: { job: Job; title: string }) {
  const { t } = useTranslation();
  const parts = useProgressParts();
  const results = useResultParts();
  const pauseText = usePauseText();
  const phase = usePhase()(job.progress.phase);
  const status = job.status === 'paused' ? pauseText(job) : t(`job.status.${job.status}`);
  return (
    <div className="space-y-3">
      <p className="tabular">
        <span className={job.status === 'paused' ? 'text-warn' : job.status === 'failed' ? 'text-bad' : 'font-medium'}>{status}</span>
        <span className="text-soft">
          {' '}
          ·{' '}
          {[
            ...(job.status === 'running' && phase ? [phase] : []),
            ...(isActive(job) ? parts(job.progress, job.status === 'running') : results(job)),
          ].join(' · ')}
        </span>
      </p>
      {isActive(job) && (
        <ProgressBar fraction={job.status === 'running' ? job.progress.fraction : (job.progress.fraction ?? 0)} label={title} />
      )}
      {job.status === 'running' && job.progress.currentItem && (
        <Name className="block truncate font-mono text-2xs text-faint">{plainPath(job.progress.currentItem)}</Name>
      )}
      {job.status === 'running' && <SpeedGraph jobId={job.id} height={72} />}
      <InlineError error={job.status === 'paused' ? null : job.error} />
      <Metrics job={job} />
      <TransferSummary job={job} />
      {readTransferInput(job) && (isActive(job) ? <SpeedLimit job={job} /> : <TransferReport job={job} />)}
      <Facts job={job} />
    </div>
  );
}

/** What a scan has found out, in figures. */
function Metrics({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  const parsed = IndexMetrics.safeParse(job.output);
  if (!parsed.success) return null;
  const { created, modified, moved, removed, entriesSeen, entriesPerSecond } = parsed.data;
  const figures = { created, modified, moved, removed, entriesSeen } as const;
  return (
    <dl className="grid grid-cols-6 gap-px overflow-hidden rounded-xl border border-line bg-line text-center">
      {(Object.keys(figures) as (keyof typeof figures)[]).map((name) => (
        <Figure key={name} label={t(`job.metric.${name}`)}>
          {format.count(figures[name])}
        </Figure>
      ))}
      <Figure label={t('job.metric.perSecond')}>{format.count(Math.round(entriesPerSecond))}</Figure>
    </dl>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse bg-raised px-2 py-2">
      <dt className="truncate text-2xs text-faint">{label}</dt>
      <dd className="font-semibold tabular">{children}</dd>
    </div>
  );
}

function Facts({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  const volumes = useVolumes().data?.items ?? [];
  const names = job.volumes
    .map((fingerprint) => volumes.find((volume) => volume.fingerprint === fingerprint)?.name)
    .filter((name) => name !== undefined);
  const seconds = job.startedAt && job.completedAt ? (Date.parse(job.completedAt) - Date.parse(job.startedAt)) / 1000 : null;
  return (
    <div className="-mx-4">
      <FactList>
        {names.length > 0 && (
          <Fact label={t('job.drives')}>
            <Name>{names.join(', ')}</Name>
          </Fact>
        )}
        {job.startedAt && <Fact label={t('job.started')}>{format.dateTime(job.startedAt)}</Fact>}
        {seconds !== null && <Fact label={t('job.took')}>{format.duration(seconds)}</Fact>}
      </FactList>
    </div>
  );
}

const TAB =
  '-mb-px h-8 border-transparent border-b-2 font-medium text-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink';

function Records({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Tabs.Root defaultValue={job.problemCount > 0 ? 'problems' : 'log'} className="mt-3">
      <Tabs.List aria-label={t('job.records')} className="flex gap-5 border-line border-b">
        <Tabs.Trigger value="problems" className={TAB}>
          {t('job.problems', { count: job.problemCount, shown: format.count(job.problemCount) })}
        </Tabs.Trigger>
        <Tabs.Trigger value="log" className={TAB}>
          {t('job.log')}
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="problems" tabIndex={-1}>
        <JobProblems job={job} />
      </Tabs.Content>
      <Tabs.Content value="log" tabIndex={-1}>
        <JobLog job={job} />
      </Tabs.Content>
    </Tabs.Root>
  );
}
