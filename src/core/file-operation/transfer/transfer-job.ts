import type { EventBus } from '#core/events/event-bus.ts';
import { defineJob, type JobContext, type JobStart } from '#core/job/job-definition.ts';
import type { Job } from '#shared/contract/job.ts';
import { CopyControl, createControlMemory } from '../file-copy/copy-control.ts';
import type { IndexFollow } from '../index-follow/index-follow.ts';
import type { SpeedLimits } from './speed-limits.ts';
import { ToldInTurn } from './told-in-turn.ts';
import { TransferJobInput } from './transfer-input.ts';
import type { JournalHeader } from './transfer-journal.ts';
import type { TransferMessage, TransferRequest, TransferRunTask, UndoTask } from './transfer-messages.ts';
import { outputOf, TransferOutput, TransferState } from './transfer-state.ts';
import type { TransferThreads } from './transfer-worker-client.ts';

export const FILE_TRANSFER = 'file-transfer';
const PROGRESS_INTERVAL_MS = 100;

export interface TransferSurroundings {
  events: EventBus;
  index: Pick<IndexFollow, 'changed'>;
  limits: SpeedLimits;
  threads: TransferThreads;
}

export interface TransferJobOptions extends TransferSurroundings {
  /** Reads the input's addresses and adds what is mounted when the job starts. @throws MooringError `VOLUME_OFFLINE` */
  toRequest(input: TransferJobInput): TransferRequest;
  toHeader(context: Pick<JobContext<TransferJobInput>, 'id' | 'input'>): JournalHeader;
  /** Without its ending. */
  journalPath(context: Pick<JobContext<TransferJobInput>, 'id' | 'input' | 'library'>): string;
  /** It has ended, or stopped for now. */
  stopped(): void;
  /** Checks and dispatches it. */
  start(input: TransferJobInput, options: JobStart): Promise<Job>;
}

/** Copies or moves files and folders into a folder. */
export function createTransferJob(options: TransferJobOptions) {
  return defineJob({
    name: FILE_TRANSFER,
    input: TransferJobInput,
    state: TransferState,
    output: TransferOutput,
    outputSoFar: outputOf,
    start: (input, start) => options.start({ ...input, action: null }, start),
    retryInput: (job, problems) => retryOf(TransferJobInput.parse(job.input), problems),
    async run(context) {
      const { input, state } = context;
      const request = options.toRequest(input);
      const task = { task: 'run' as const, request, journalPath: options.journalPath(context), header: options.toHeader(context), state };
      try {
        return outputOf((await carryOut(task, context, input.bytesPerSecond, options)).state);
      } finally {
        options.stopped();
      }
    },
  });
}

/** Runs what changes files in its worker, for a job: with its progress, its problems, its limit of speed, and what others have to know of it. */
export async function carryOut(
  task: TransferRunTask | (UndoTask & { task: 'undo' }),
  context: JobContext<unknown, TransferState>,
  bytesPerSecond: number | null,
  { events, index, limits, threads }: TransferSurroundings,
): Promise<{ state: TransferState }> {
  const { id, state, signal } = context;
  const control = new CopyControl(createControlMemory());
  using _limit = limits.enter(id, control, state?.bytesPerSecond === undefined ? bytesPerSecond : state.bytesPerSecond);
  const before = state?.bytesDone ?? 0;
  let known: Extract<TransferMessage, { type: 'progress' }>['progress'] | null = null;
  let finished = before;
  const tell = () => {
    if (known) context.progress({ ...known, bytesDone: Math.max(finished, before + Math.max(0, control.bytes)) });
  };
  const told = new ToldInTurn(index);
  const onMessage = (message: Exclude<TransferMessage, { type: 'done' | 'failed' }>) => {
    if (message.type === 'progress') known = message.progress;
    if (message.type === 'progress') finished = Math.max(finished, message.progress.bytesDone);
    if (message.type === 'progress') tell();
    if (message.type === 'problem') context.problem(message.problem);
    if (message.type === 'checkpoint') context.checkpoint({ ...message.state, bytesPerSecond: limits.of(id) });
    if (message.type === 'created') events.publish({ type: 'EntryCreated', paths: message.paths });
    if (message.type === 'changed') told.add(message.changes, message.moves);
  };
  const timer = setInterval(tell, PROGRESS_INTERVAL_MS);
  try {
    return await threads.run({ task, signal, control, onMessage });
  } finally {
    clearInterval(timer);
    tell();
    if (!signal.aborted) await told.settled();
  }
}

/** Once more what had problems; what is there already and the same is not copied again. */
function retryOf(input: TransferJobInput, problems: readonly { path: string }[]): TransferJobInput {
  const names = (address: string) => address.replace(/^sd:\/\/(volume\/)?[^/]+/, '');
  const concerned = input.sources.filter((source) => problems.some(({ path }) => path.includes(names(source))));
  const onConflict = input.onConflict === 'ask' ? 'skip' : input.onConflict;
  return { ...input, action: null, sources: concerned.length > 0 ? concerned : input.sources, onConflict, skipIdentical: true };
}
