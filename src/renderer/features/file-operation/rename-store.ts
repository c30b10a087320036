import { create } from 'zustand';

/** The entry whose name is being written anew in its row, by its address. */
export const useRenaming = create<{ path: string | null }>(() => ({ path: null }));

export const startRenaming = (path: string) => useRenaming.setState({ path });
export const stopRenaming = () => useRenaming.setState({ path: null });
