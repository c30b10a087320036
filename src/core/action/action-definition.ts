import type { z } from 'zod';
import type { Library } from '#core/library/library.ts';
import type { ActionPreview, ActionRecord, ActionResult, FileAction, FileActionType } from '#shared/contract/action.ts';
import type { Job } from '#shared/contract/job.ts';
import type { Reason } from '#shared/contract/reason.ts';

/** With what an action is carried out. */
export interface ActionContext {
  /** Of the action: what it leaves for its undoing may be named by it. */
  id: string;
  /** The library that remembers it; null when none is open. */
  library: Library | null;
}

/** How an action can be taken back: facts that its definition understands (JSON), or why it cannot. */
export type UndoFacts = { facts: Record<string, unknown> } | { reason: Reason };

/**
 * What has become of an action: it is over, or a job carries it out, whose input holds the id of the action: by it they are brought together again
 * when Mooring was killed in between. `expected`: what it was found out to do before it began; left out, what was last shown for it.
 */
export type ActionOutcome = ({ result: ActionResult; undo: UndoFacts; problemCount?: number } | { job: Job }) & {
  expected?: ActionPreview;
};

/** What has come of a job for its action. `expected`: what the job itself has found out to do, for where nobody had looked before. */
export interface Conclusion {
  result: ActionResult | null;
  undo: UndoFacts;
  expected?: ActionRecord['expected'];
}

/**
 * One thing that users do. Recording, previewing over the contract, undoing by its id, and listing come with the action manager.
 *
 * Inputs and facts are kept for long: addresses in them are by volume (`sd://volume/FINGERPRINT/…`) where one is known, so that they hold
 * wherever the volume is mounted later.
 */
export interface ActionDefinition<Type extends FileActionType = FileActionType> {
  readonly type: Type;
  /** What it would do. Nothing is changed, and nothing is read that hangs for long in this thread. @throws MooringError about its input */
  preview(input: ActionInput<Type>, signal: AbortSignal): Promise<ActionPreview>;
  /** Does it, or starts the job that does. @throws MooringError: nothing has been changed then */
  execute(input: ActionInput<Type>, context: ActionContext): Promise<ActionOutcome>;
  /**
   * What a job that has ended (however) has done for it, and how that is taken back. Also called for the job of an undoing, with the action that is
   * undone: facts for the rest where it has not got to its end.
   */
  conclude?(job: Job, input: ActionInput<Type>): Conclusion;
  /** What taking it back would do. @throws MooringError `UNDO_REFUSED` with the reason where that is not safe any more */
  previewUndo?(facts: Record<string, unknown>, signal: AbortSignal): Promise<ActionPreview>;
  /** Takes it back, or starts the job that does. @throws MooringError `UNDO_REFUSED`: nothing has been changed then */
  undo?(facts: Record<string, unknown>, context: ActionContext): Promise<ActionOutcome>;
}

/** How something is taken back that was not done by an action but by a procedure of its own. */
export type Undoer = Required<Pick<ActionDefinition, 'undo'>>['undo'];

export type ActionInput<Type extends FileActionType> = z.output<
  Extract<(typeof FileAction.options)[number], { shape: { type: z.ZodLiteral<Type> } }>
>;
