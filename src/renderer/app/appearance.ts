import { useEffect } from 'react';
import type { Config } from '../../shared/contract/config.ts';
import { useTheme } from './theme.ts';

/** Shows the page as the user has chosen: what styles need to know stands on <html>. */
export function useAppearance(appearance: Config['appearance'] | undefined): void {
  useTheme(appearance?.theme ?? 'system');
  const density = appearance?.density ?? 'comfortable';
  const motion = appearance?.motion ?? 'system';
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset.density = density;
    dataset.motion = motion;
  }, [density, motion]);
}
