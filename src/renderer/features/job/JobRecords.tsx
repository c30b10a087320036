import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Name } from '../../components/Name.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { displayName } from '../../lib/display-name.ts';
import { plainPath } from '../../lib/entry-path.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useJobLog, useJobProblems } from './job-queries.ts';

/** What scrolls has to be reachable by the keyboard. */
const SCROLLABLE = { tabIndex: 0 };

interface RecordsProps {
  label: string;
  empty: string;
  listing: { isLoading: boolean; error: unknown; hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): unknown };
  children: ReactNode[];
}

function Records({ label, empty, listing, children }: RecordsProps) {
  const { t } = useTranslation();
  if (listing.error) return <InlineError error={listing.error} />;
  if (listing.isLoading) return <Spinner className="mx-auto my-8 size-4" />;
  if (children.length === 0) return <p className="py-8 text-center text-faint">{empty}</p>;
  return (
    <>
      <ul aria-label={label} {...SCROLLABLE} className="max-h-64 divide-y divide-line overflow-y-auto">
        {children}
      </ul>
      {listing.hasNextPage && (
        <Button size="sm" variant="link" className="mt-1" busy={listing.isFetchingNextPage} onClick={() => listing.fetchNextPage()}>
          {t('job.showMore')}
        </Button>
      )}
    </>
  );
}

/** Each thing that did not work: where, and why. */
export function JobProblems({ job }: { job: Job }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const listing = useJobProblems(job.id, job.problemCount);
  return (
    <Records label={t('job.problemList')} empty={t('job.noProblems')} listing={listing}>
      {listing.items.map((problem, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one path may have several problems, and the list only grows.
        <li key={index} data-selectable className="py-1.5 text-xs">
          <Name className="block break-all font-mono">{plainPath(problem.path)}</Name>
          <span className="text-soft">{errorText(problem)}</span>
        </li>
      ))}
    </Records>
  );
}

const LEVEL_COLOR = { info: 'text-soft', warn: 'text-warn', error: 'text-bad' };

export function JobLog({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  const listing = useJobLog(job.id);
  return (
    <Records label={t('job.log')} empty={t('job.noLog')} listing={listing}>
      {listing.items.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing but their place.
        <li key={index} data-selectable className="flex gap-3 py-1.5 text-xs">
          <time dateTime={line.at} className="shrink-0 text-faint tabular">
            {format.time(line.at)}
          </time>
          <span className={`min-w-0 break-words ${LEVEL_COLOR[line.level]}`}>{displayName(line.message)}</span>
        </li>
      ))}
    </Records>
  );
}
