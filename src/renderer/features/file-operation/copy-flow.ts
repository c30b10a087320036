/** A copy from the wish to the job: plan it, ask where there is something to ask, start it. */
import i18next from 'i18next';
import { create } from 'zustand';
import { MooringError } from '../../../shared/contract/error.ts';
import { type ConflictPolicy, type CopyPlan, MOST_SOURCES } from '../../../shared/contract/file.ts';
import { engine } from '../../app/engine.ts';

export interface CopyRequest {
  sources: string[];
  /** An existing folder: an SdPath or a plain path. */
  destination: string;
  destinationName: string;
}

interface CopyState {
  /** `planning`: sizes are being counted; `asking`: the user has to decide; `failed`: it could not be planned or started. */
  step: 'idle' | 'planning' | 'asking' | 'starting' | 'failed';
  request: CopyRequest | null;
  plan: CopyPlan | null;
  error: unknown;
}

const IDLE: CopyState = { step: 'idle', request: null, plan: null, error: null };
export const useCopyFlow = create<CopyState>(() => IDLE);

/** Plans, and starts at once when there is nothing to ask. */
export async function startCopy(request: CopyRequest): Promise<void> {
  if (request.sources.length > MOST_SOURCES) {
    const error = new MooringError('INVALID_INPUT', i18next.t('copy.tooMany', { most: MOST_SOURCES.toLocaleString(i18next.language) }));
    useCopyFlow.setState({ step: 'failed', request, plan: null, error });
    return;
  }
  useCopyFlow.setState({ step: 'planning', request, plan: null, error: null });
  try {
    const plan = await engine.files.planCopy({ sources: request.sources, destination: request.destination });
    if (useCopyFlow.getState().request !== request) return;
    if (plan.conflictCount > 0 || !plan.fits || plan.skipped.length > 0) useCopyFlow.setState({ step: 'asking', plan });
    else await dispatchCopy('ask');
  } catch (error) {
    if (useCopyFlow.getState().request === request) useCopyFlow.setState({ step: 'failed', error });
  }
}

/** Starts what was planned, with the user's answer about what already exists there. */
export async function dispatchCopy(onConflict: ConflictPolicy): Promise<void> {
  const { request } = useCopyFlow.getState();
  if (!request) return;
  useCopyFlow.setState({ step: 'starting' });
  try {
    await engine.files.copy({ sources: request.sources, destination: request.destination, onConflict });
    useCopyFlow.setState(IDLE);
  } catch (error) {
    useCopyFlow.setState({ step: 'failed', error });
  }
}

export function abandonCopy(): void {
  useCopyFlow.setState(IDLE);
}
