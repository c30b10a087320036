import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { query } from '../../../app/engine.ts';
import { classNames } from '../../../lib/class-names.ts';
import { iconOfEntry } from '../../entry/entry-icons.ts';
import { useOpenHit } from '../../search/use-open-hit.ts';
import type { PaletteItem } from './palette-item.ts';

/** More are on the page of the search. */
const MOST_FILES = 8;
/** Of single letters too much is found. */
const LEAST_LETTERS = 2;

/** Files and folders of the library, wherever they are, by the language of the search. */
export function useFoundFiles(text: string): { items: PaletteItem[]; isSearching: boolean } {
  const wanted = text.trim();
  const isWanted = wanted.length >= LEAST_LETTERS;
  const { open } = useOpenHit();
  const answer = useQuery({
    ...query.search.query.queryOptions({ input: { query: wanted, limit: MOST_FILES, count: false } }),
    enabled: isWanted,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 10_000,
  });
  const hits = isWanted ? answer.data?.items : undefined;
  const items = useMemo(
    () =>
      (hits ?? []).map((hit): PaletteItem => {
        const { Icon, color, isFilled } = iconOfEntry(hit.entry);
        return {
          key: `file:${hit.entry.path}`,
          kind: 'file',
          label: hit.entry.name,
          matches: hit.matches,
          picture: <Icon className={classNames('size-4', color)} strokeWidth={1.7} fill={isFilled ? 'currentColor' : 'none'} />,
          detail: hit.folderText,
          isAway: !hit.isOnline,
          run: () => open(hit),
        };
      }),
    [hits, open],
  );
  return { items, isSearching: isWanted && answer.isFetching };
}
