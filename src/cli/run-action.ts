import type { ActionRecord, FileAction } from '#shared/contract/action.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import { MooringError, toMooringError } from '#shared/contract/error.ts';
import type { Job } from '#shared/contract/job.ts';
import { canAsk } from './confirm.ts';
import { formatActionDone } from './printers/action.ts';
import { formatPreview } from './printers/action-preview.ts';
import { problemLines } from './printers/job.ts';
import { loadPlaces, placesOf } from './printers/places.ts';
import type { Session } from './session.ts';

/** What is sent: what the contract has a default for may be left out. */
export type ActionToRun = Parameters<EngineClient['actions']['run']>[0]['action'];
type Preview = Awaited<ReturnType<EngineClient['actions']['preview']>>;

export interface RunOptions {
  dryRun?: boolean;
  /** Absent: wait for the end. */
  wait?: boolean;
  library?: string;
}

/**
 * Does something to files, or, with `dryRun`, says what it would do. A person at a terminal is asked about names that are taken. Waits for the
 * end of what takes long: Ctrl+C stops waiting.
 */
export async function runAction(session: Session, action: ActionToRun, { dryRun, wait, library }: RunOptions): Promise<void> {
  const engine = await session.engine();
  if (dryRun) return printPreview(session, await engine.actions.preview({ action }));
  const started = await runAskingAbout(session, action, session.libraryRef(library));
  await printStarted(session, started, wait ?? true);
}

/** The rest of what starts an action: its result, or its progress and then its result. */
export async function printStarted(
  session: Session,
  { action, job }: { action: ActionRecord; job: Job | null },
  isWaiting: boolean,
): Promise<void> {
  const at = await loadPlaces(session);
  if (!job) return session.print({ action, job }, () => formatActionDone(action, session, at));
  if (!isWaiting) {
    return session.print({ action, job }, () => `It goes on in the background as job ${job.id}, for action ${action.id}.`);
  }
  const { watchJob } = await import('./watch-job.ts');
  await watchJob(session, job, async (ended) => {
    const now = await (await session.engine()).actions.get({ id: action.id });
    return { document: { action: now, job: ended }, text: [formatActionDone(now, session, at), ...problemLines(ended)].join('\n') };
  });
}

export async function printPreview(session: Session, preview: Preview): Promise<void> {
  const { items } = session.isJson ? { items: [] } : await (await session.engine()).volumes.list({ all: true });
  session.print(preview, () => formatPreview(preview, session, placesOf(items), items));
}

/** With the policy `ask` the engine changes nothing where names are taken: whoever sits at a terminal is asked about each. */
async function runAskingAbout(session: Session, action: ActionToRun, library: { library?: string }) {
  const engine = await session.engine();
  try {
    return await engine.actions.run({ action, ...library });
  } catch (error) {
    const problem = toMooringError(error);
    const isTransfer = action.type === 'file.copy' || action.type === 'file.move';
    if (problem.code !== 'CONFLICT' || !isTransfer || (action.onConflict ?? 'ask') !== 'ask' || !canAsk(session))
      throw withWayOut(problem, action);
    const preview = await engine.actions.preview({ action });
    // It is about something else than names.
    if (preview.unansweredCount === 0) throw problem;
    const { askConflicts } = await import('./ask-conflicts.ts');
    const answered = await askConflicts(session, preview, await loadPlaces(session));
    if (!answered) throw new MooringError('CANCELLED', 'Nothing was changed.');
    const { answers, rest } = answered;
    return engine.actions.run({ action: { ...action, answers, ...(rest ? { onConflict: rest } : {}) }, ...library });
  }
}

function withWayOut(problem: MooringError, { type }: Pick<FileAction, 'type'>): MooringError {
  if (problem.code !== 'CONFLICT' || (type !== 'file.copy' && type !== 'file.move') || problem.message.includes('--on-conflict'))
    return problem;
  return new MooringError('CONFLICT', `${problem.message} Say so with --on-conflict; --dry-run lists them.`, {
    details: problem.details,
    cause: problem,
  });
}
