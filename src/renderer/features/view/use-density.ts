import { useConfig } from '../settings/settings-queries.ts';

/** How much room rows have: what the user has chosen, for what is laid out by numbers. */
export function useDensity(): 'comfortable' | 'compact' {
  return useConfig()?.appearance.density ?? 'comfortable';
}
