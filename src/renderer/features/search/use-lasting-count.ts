import { useEffect, useState } from 'react';
import type { ResultCount } from './search-queries.ts';

/** The count to show: while a new one is awaited, the one before, so that it does not flicker with every letter that is typed. */
export function useLastingCount(count: ResultCount | null, isCounting: boolean): ResultCount | null {
  const [last, setLast] = useState(count);
  useEffect(() => {
    if (count) setLast(count);
  }, [count]);
  return count ?? (isCounting ? last : null);
}
