import { createContext, useContext } from 'react';
import { create } from 'zustand';
import { newWorkspace, paneOf, stepOf, tabOf, type Workspace } from './workspace.ts';

/** The panes and tabs of this window. Changed by `navigation.ts` and what is in this folder; everybody else asks them. */
export const useWorkspace = create<Workspace>(() => newWorkspace());

/** Does to the workspace what one of the functions of `workspace.ts` does. */
export const changeWorkspace = (change: (workspace: Workspace) => Workspace): void => useWorkspace.setState(change, true);

/** The pane that a component is part of; null for what belongs to the window. */
export const PaneContext = createContext<string | null>(null);

/** The pane that a component is about: the one that it is part of, or else the active one. */
export function usePaneId(): string {
  const own = useContext(PaneContext);
  const active = useWorkspace((workspace) => workspace.paneId);
  return own ?? active;
}

/** Whether commands are about this pane. What is outside of panes is always about the active one. */
export function useIsActivePane(): boolean {
  const own = useContext(PaneContext);
  return useWorkspace((workspace) => own === null || workspace.paneId === own);
}

/** The key of the step that is open in the pane that a component is about. */
export function useStepKey(): string {
  const paneId = usePaneId();
  return useWorkspace((workspace) => stepOf(tabOf(paneOf(workspace, paneId))).key);
}
