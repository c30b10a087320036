import type { ActionPreview } from '#shared/contract/action.ts';

/** Of something that does nothing to files; to begin with. */
export function emptyPreview(undo: ActionPreview['undo'] = { isPossible: false, reason: null }): ActionPreview {
  return {
    files: 0,
    folders: 0,
    symlinks: 0,
    totalBytes: 0,
    transfers: [],
    changes: [],
    changeCount: 0,
    conflicts: [],
    conflictCount: 0,
    unansweredCount: 0,
    obstacles: [],
    obstacleCount: 0,
    space: null,
    waitsFor: [],
    secondsEstimated: null,
    undo,
    needsConfirmation: false,
  };
}
