import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import { useRoute } from '../../app/navigation.ts';
import { useUi } from '../../app/ui-store.ts';
import type { Route } from '../../lib/route.ts';
import { PlanningCard } from '../file-operation/PlanningCard.tsx';
import { JobCard } from '../job/JobCard.tsx';
import { isActive, isOfUser, useJobs } from '../job/job-queries.ts';
import { isOfFiles, readScanInput } from '../job/use-job-title.ts';
import { TrackingPrompt } from '../volume/TrackingPrompt.tsx';
import { TrackingPrompts } from '../volume/TrackingPrompts.tsx';
import { useVolumes } from '../volume/volume-queries.ts';
import { ToastCard } from './ToastCard.tsx';
import { useToasts } from './toast-store.ts';

const MOST_JOBS = 3;

/** What asks for attention without stopping anyone: prompts, running jobs, short messages. */
export function CornerStack() {
  const { t } = useTranslation();
  const prompts = useVolumes().data?.items.filter((volume) => volume.prompt === 'track') ?? [];
  const route = useRoute();
  const hiddenJobs = useUi((state) => state.hiddenJobs);
  const hideJob = useUi((state) => state.hideJob);
  const jobs = useJobs().data?.items.filter((job) => isShown(job) && !isOnPage(job, route) && !hiddenJobs.includes(job.id)) ?? [];
  const toasts = useToasts((state) => state.toasts);
  return (
    <section
      aria-label={t('notification.corner')}
      className="pointer-events-none fixed right-4 bottom-4 z-30 flex max-h-[calc(100vh-80px)] w-92 max-w-[calc(100vw-32px)] flex-col gap-2.5"
    >
      {prompts.length > 1 && <TrackingPrompts volumes={prompts} />}
      {prompts.length === 1 && prompts.map((volume) => <TrackingPrompt key={volume.fingerprint} volume={volume} />)}
      <PlanningCard />
      {jobs.slice(0, MOST_JOBS).map((job) => (
        <div key={job.id} className="pointer-events-auto animate-rise rounded-xl bg-raised shadow-float">
          <JobCard job={job} onHide={() => hideJob(job.id)} />
        </div>
      ))}
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

/** What Mooring does by itself is told in its place, and a paused job of a location by the location. */
function isShown(job: Job): boolean {
  return isActive(job) && isOfUser(job) && (job.status !== 'paused' || isOfFiles(job));
}

/** The page of a location tells of its scan in a place of its own. */
function isOnPage(job: Job, route: Route): boolean {
  return route.page === 'location' && readScanInput(job)?.locationId === route.id;
}
