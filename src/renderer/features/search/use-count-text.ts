import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/use-format.ts';

/** How many results there are; where that takes too long to count, more than how many. */
export function useCountText(): (count: { value: number; isExact: boolean }) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return useCallback(
    ({ value, isExact }) => t(isExact ? 'search.results' : 'search.resultsOver', { count: value, shown: format.count(value) }),
    [t, format],
  );
}
