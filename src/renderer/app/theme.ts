import { useEffect } from 'react';
import type { Config } from '../../shared/contract/config.ts';
import { useShell } from './shell.ts';

type Theme = Config['appearance']['theme'];

/** Shows the chosen theme: `dark` on <html> for the page, and the shell told for the native parts around it. */
export function useTheme(theme: Theme): void {
  const shell = useShell((state) => state.client);
  useEffect(() => {
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = () => document.documentElement.classList.toggle('dark', theme === 'dark' || (theme === 'system' && system.matches));
    apply();
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [theme]);
  useEffect(() => {
    shell?.setTheme({ theme }).catch((error: unknown) => console.error('The window did not take the theme.', error));
  }, [shell, theme]);
}
