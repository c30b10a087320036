import { useEffect, useLayoutEffect, useRef } from 'react';
import { create } from 'zustand';
import type { Entry } from '../../../shared/contract/entry.ts';
import type { DropFolder } from './drag-store.ts';

/** What commands are about: the list of files that is on screen. Menus, keys and the system's menu bar ask it when they are used. */
interface FileScope {
  /** Of the list; empty where none is. */
  chosen(): Entry[];
  /** All names in the folder, as far as they are loaded: new names keep clear of them. */
  names(): string[];
  /** Chooses all of the list. */
  selectAll(): void;
  /** The folder that is open, while it can be written to. */
  folder(): DropFolder | null;
}

const NOTHING: FileScope = { chosen: () => [], names: () => [], selectAll: () => undefined, folder: () => null };

export const useFileScope = create<FileScope>(() => NOTHING);

/** While the component is there, what is chosen in its list is what commands are about. */
export function useChosenScope(entries: readonly Entry[], paths: ReadonlySet<string>, onSelectAll: () => void): void {
  const latest = useRef({ entries, paths, onSelectAll });
  useLayoutEffect(() => {
    latest.current = { entries, paths, onSelectAll };
  });
  useEffect(() => {
    const chosen = () => latest.current.entries.filter((entry) => latest.current.paths.has(entry.path));
    const names = () => latest.current.entries.map((entry) => entry.name);
    useFileScope.setState({ chosen, names, selectAll: () => latest.current.onSelectAll() });
    return () => {
      const { folder: _folder, ...nothing } = NOTHING;
      if (useFileScope.getState().chosen === chosen) useFileScope.setState(nothing);
    };
  }, []);
}

/** While the component is there, its folder is where things are pasted and made. */
export function useFolderScope(folder: DropFolder | null): void {
  const latest = useRef(folder);
  useLayoutEffect(() => {
    latest.current = folder;
  });
  useEffect(() => {
    const current = () => latest.current;
    useFileScope.setState({ folder: current });
    return () => {
      if (useFileScope.getState().folder === current) useFileScope.setState({ folder: NOTHING.folder });
    };
  }, []);
}
