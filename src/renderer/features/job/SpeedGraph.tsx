import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/use-format.ts';
import { type SpeedSample, useJobSpeeds } from './job-speeds.ts';
import { speedPaths } from './speed-path.ts';

const NONE: readonly SpeedSample[] = [];
const WIDTH = 320;

/** How fast a job was over the last minute; nothing while that is not known. */
export function SpeedGraph({ jobId, height = 44 }: { jobId: string; height?: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const samples = useJobSpeeds((state) => state.samples.get(jobId) ?? NONE);
  const paths = speedPaths(samples, WIDTH, height);
  if (!paths) return null;
  return (
    <figure className="relative overflow-hidden rounded-lg bg-sunken">
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('job.speedGraph', { most: format.size(paths.most) })}
        className="block w-full"
        style={{ height }}
      >
        <path d={paths.area} className="fill-accent/15" />
        <path
          d={paths.line}
          className="fill-none stroke-accent"
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
          strokeLinejoin="round"
        />
      </svg>
      <figcaption aria-hidden className="absolute top-1 left-2 text-2xs text-faint tabular">
        {format.size(paths.most)}/s
      </figcaption>
    </figure>
  );
}
