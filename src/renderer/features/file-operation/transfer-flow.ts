/** A copy or a move from the wish to the action: preview it, ask where there is something to ask, run it. */
import i18next from 'i18next';
import { create } from 'zustand';
import type { ActionPreview, FileAction } from '../../../shared/contract/action.ts';
import { MooringError } from '../../../shared/contract/error.ts';
import { type ConflictAnswer, MOST_CHOSEN, type VerifyChoice } from '../../../shared/contract/file.ts';
import { engine } from '../../app/engine.ts';
import { sendable } from '../action/hand-over.ts';
import { selectingMade } from './select-made.ts';

export interface TransferRequest {
  operation: 'copy' | 'move';
  sources: string[];
  /** An existing folder: an SdPath or a plain path. */
  destination: string;
  destinationName: string;
}

/** What the user has decided about it. */
export interface TransferAnswers {
  /** For every conflict that has no answer of its own. */
  onConflict: ConflictAnswer | 'ask';
  /** By the address of the source. */
  answers: ReadonlyMap<string, ConflictAnswer>;
  skipIdentical: boolean;
  verify: VerifyChoice;
  unfitNames: 'skip' | 'rename';
}

interface TransferState {
  /** `previewing`: it is being found out what would happen; `asking`: the user has to decide; `failed`: it could not be previewed or started. */
  step: 'idle' | 'previewing' | 'asking' | 'starting' | 'failed';
  request: TransferRequest | null;
  preview: ActionPreview | null;
  error: unknown;
}

/** From here on one wants to know beforehand what a slip of the hand has set off. */
const LARGE_BYTES = 1_000_000_000;
const LARGE_FILES = 1000;

const IDLE: TransferState = { step: 'idle', request: null, preview: null, error: null };
export const useTransferFlow = create<TransferState>(() => IDLE);

/** Previews, and starts at once when there is nothing to ask. */
export async function startTransfer(request: TransferRequest): Promise<void> {
  if (request.sources.length > MOST_CHOSEN) {
    const error = new MooringError('INVALID_INPUT', i18next.t('transfer.tooMany', { most: MOST_CHOSEN.toLocaleString(i18next.language) }));
    useTransferFlow.setState({ step: 'failed', request, preview: null, error });
    return;
  }
  useTransferFlow.setState({ step: 'previewing', request, preview: null, error: null });
  try {
    const preview = await engine.actions.preview({ action: await sendable(actionOf(request)) });
    if (useTransferFlow.getState().request !== request) return;
    if (hasQuestions(preview)) useTransferFlow.setState({ step: 'asking', preview });
    else await runTransfer();
  } catch (error) {
    if (useTransferFlow.getState().request === request) useTransferFlow.setState({ step: 'failed', error });
  }
}

/** Runs what was previewed. @param answers what the user has decided; none when nothing was asked */
export async function runTransfer(answers?: TransferAnswers): Promise<void> {
  const { request } = useTransferFlow.getState();
  if (!request) return;
  useTransferFlow.setState({ step: 'starting' });
  try {
    const tellMade = selectingMade();
    const { copying } = await engine.config.get();
    const { action } = await engine.actions.run({ action: await sendable(actionOf(request, answers, copying.verify)) });
    tellMade(action);
    useTransferFlow.setState(IDLE);
  } catch (error) {
    useTransferFlow.setState({ step: 'failed', error });
  }
}

export function abandonTransfer(): void {
  useTransferFlow.setState(IDLE);
}

function actionOf(
  { operation, sources, destination }: TransferRequest,
  answers?: TransferAnswers,
  verify: VerifyChoice = 'auto',
): FileAction {
  return {
    type: `file.${operation}`,
    sources,
    destination,
    onConflict: answers?.onConflict ?? 'ask',
    answers: [...(answers?.answers ?? [])].map(([source, answer]) => ({ source, answer })),
    skipIdentical: answers?.skipIdentical ?? false,
    verify: answers?.verify ?? verify,
    unfitNames: answers?.unfitNames ?? 'skip',
    bytesPerSecond: null,
  };
}

function hasQuestions(preview: ActionPreview): boolean {
  const { conflictCount, obstacleCount, space, waitsFor, needsConfirmation } = preview;
  return conflictCount > 0 || obstacleCount > 0 || space?.fits === false || waitsFor.length > 0 || needsConfirmation || isLarge(preview);
}

/** What is only renamed takes a moment, however much it is. */
function isLarge({ transfers }: ActionPreview): boolean {
  const copied = transfers.filter(({ strategy }) => strategy !== 'rename' && strategy !== 'clone');
  const sum = (of: 'bytes' | 'files') => copied.reduce((total, transfer) => total + transfer[of], 0);
  return sum('bytes') >= LARGE_BYTES || sum('files') >= LARGE_FILES;
}
