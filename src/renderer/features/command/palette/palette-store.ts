import { create } from 'zustand';

interface PaletteState {
  isOpen: boolean;
  /** What its field says. */
  text: string;
  open(text?: string): void;
  close(): void;
}

/** The palette begins with `>` when it is asked for commands alone. */
export const COMMANDS_ONLY = '>';

export const usePalette = create<PaletteState>((set) => ({
  isOpen: false,
  text: '',
  open: (text = '') => set({ isOpen: true, text }),
  close: () => set({ isOpen: false }),
}));
