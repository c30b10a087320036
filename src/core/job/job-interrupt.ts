import { MooringError } from '#shared/contract/error.ts';
import type { PauseReason } from '#shared/contract/job.ts';

/** `step-back`: a user's job needs the disk, and this one goes on behind it. */
export type InterruptReason = PauseReason | 'cancelled' | 'step-back';

const MESSAGES: Record<InterruptReason, string> = {
  cancelled: 'The job was cancelled.',
  user: 'The job was paused.',
  shutdown: 'The job was paused because Mooring or its library is closing. It goes on by itself.',
  'volume-offline': 'The job was paused because its drive is not connected. It goes on by itself when the drive is back.',
  'no-space': 'The job was paused because there is no space left. It goes on by itself when there is.',
  'step-back': 'The job makes room for another one, and goes on after it.',
};

/** Why a job's signal has aborted: what `signal.reason` is, and what `checkInterrupt` throws. Its code is `CANCELLED`, whatever the reason. */
export class JobInterrupt extends MooringError {
  readonly interruption: InterruptReason;

  constructor(reason: InterruptReason) {
    super('CANCELLED', MESSAGES[reason]);
    this.interruption = reason;
  }
}
