import { UNDO_POSSIBLE } from '#core/action/told-undo.ts';
import type { ActionPreview } from '#shared/contract/action.ts';
import type { TransferJobInput } from './transfer-input.ts';

/** All that can be said while volumes are not plugged in. */
export function waitingPreview({ sources, destination }: TransferJobInput, waitsFor: string[]): ActionPreview {
  return {
    ...{ files: 0, folders: 0, symlinks: 0, totalBytes: 0, transfers: [] },
    changes: sources.slice(0, 1000).map((from) => ({ from, to: destination })),
    changeCount: sources.length,
    ...{ conflicts: [], conflictCount: 0, unansweredCount: 0, obstacles: [], obstacleCount: 0, space: null, waitsFor },
    secondsEstimated: null,
    undo: UNDO_POSSIBLE,
    needsConfirmation: false,
  };
}
