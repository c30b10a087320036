import { create } from 'zustand';
import type { LockHolder } from '../../shared/contract/library.ts';
import type { SearchSort } from '../../shared/contract/search.ts';

/** The dialog that is open, if any: one at a time. */
export type OpenDialog =
  | { kind: 'rename-volume'; fingerprint: string }
  | { kind: 'untrack-volume'; fingerprint: string }
  | { kind: 'volume-marker'; fingerprint: string; name: string }
  | { kind: 'create-library' }
  | { kind: 'open-library' }
  | { kind: 'take-over-library'; library: string; name: string; holder: LockHolder }
  | { kind: 'rename-library'; id: string }
  | { kind: 'delete-library'; id: string }
  | { kind: 'restore-library'; id: string }
  | { kind: 'library-statistics'; id: string }
  | { kind: 'copy-to'; operation: 'copy' | 'move'; sources: string[] }
  /** `taken`: names that are there already; `place`: the name of the folder. */
  | { kind: 'create-entry'; what: 'folder' | 'file'; parent: string; place: string; taken: string[] }
  /** `parent`: null for beside what it leads to. */
  | { kind: 'create-link'; target: string; isFolder: boolean; parent: string | null; taken: string[] }
  | { kind: 'select-by-name' }
  | { kind: 'rename-many'; sources: string[] }
  | { kind: 'delete-files'; sources: string[] }
  | { kind: 'undo-action'; id: string }
  /** `paths`: folders to add, by address or plain path; none while the user has to choose one. */
  | { kind: 'add-location'; paths: string[] }
  | { kind: 'edit-location'; id: string }
  | { kind: 'remove-location'; id: string }
  | { kind: 'job'; id: string }
  | { kind: 'save-search'; query: string; sort: SearchSort; order: 'asc' | 'desc' }
  | { kind: 'rename-search'; id: string }
  | { kind: 'remove-search'; id: string }
  | { kind: 'about' }
  | { kind: 'shortcuts' };

interface DialogState {
  open: OpenDialog | null;
  show(dialog: OpenDialog): void;
  close(): void;
}

export const useDialog = create<DialogState>((set) => ({
  open: null,
  show: (dialog) => set({ open: dialog }),
  close: () => set({ open: null }),
}));

export const showDialog = (dialog: OpenDialog) => useDialog.getState().show(dialog);
