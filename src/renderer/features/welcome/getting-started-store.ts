import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { navigate } from '../../app/navigation.ts';

interface GettingStarted {
  /** Whether all drives show the first steps. */
  isShown: boolean;
  /** Whether the palette was opened since they began. */
  hasSeenPalette: boolean;
}

/** The first steps: they begin with a library that is made at the welcome, and stay until they are put away. */
export const useGettingStarted = create<GettingStarted>()(
  persist((): GettingStarted => ({ isShown: false, hasSeenPalette: false }), { name: 'mooring-getting-started', version: 1 }),
);

export function beginWelcome(): void {
  useGettingStarted.setState({ isShown: true, hasSeenPalette: false });
}

/** From the help, whenever somebody wants to see them again. */
export function restartWelcome(): void {
  beginWelcome();
  navigate({ page: 'home' });
}

export function endWelcome(): void {
  useGettingStarted.setState({ isShown: false });
}
