import { Skeleton } from '../../components/Skeleton.tsx';

/** In place of a list that is being read for the first time. */
export function ListSkeleton() {
  return (
    <Skeleton className="space-y-3 px-7 pt-12">
      {[62, 48, 71, 40, 55, 66, 44].map((width) => (
        <div key={width} className="flex gap-3">
          <div className="size-4.5 rounded bg-track" />
          <div className="h-4.5 rounded bg-track" style={{ width: `${width / 2}%` }} />
        </div>
      ))}
    </Skeleton>
  );
}
