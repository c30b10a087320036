import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { query } from '../../app/engine.ts';
import { useOneAtATime } from './use-one-at-a-time.ts';
import type { Completion } from './use-query-texts.ts';

/** Values come from what is indexed, which changes now and then. */
const FRESH_MS = 10_000;
const NONE: Completion[] = [];

/** What may be written at the caret. While it is being asked for, what could be written before stays, with `isCurrent` false. */
export function useCompletion(text: string, position: number, isOpen: boolean) {
  const wanted = { query: text, position: Math.min(position, text.length) };
  const [asked, ask] = useState(wanted);
  const { data, isFetching, isPlaceholderData } = useQuery({
    ...query.search.complete.queryOptions({ input: asked }),
    enabled: isOpen,
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
    gcTime: FRESH_MS,
  });
  useOneAtATime({ wanted, asked, isBusy: isFetching, ask });
  const isCurrent = !isPlaceholderData && asked.query === wanted.query && asked.position === wanted.position;
  const range = data?.range ?? { start: 0, end: 0 };
  const written = text.slice(range.start, range.end);
  // What was proposed for something else long ago must not flash up; what is on screen stays until it is known what comes next.
  const wasShown = useRef(false);
  const isShown = isOpen && (isCurrent || wasShown.current);
  const items = useMemo(() => (isShown && data ? data.items.filter((item) => item.text !== written) : NONE), [isShown, data, written]);
  useEffect(() => {
    wasShown.current = items.length > 0;
  }, [items]);
  return { items, range, isCurrent };
}
