import path from 'node:path';
import { z } from 'zod';
import type { ActionDefinition, ActionOutcome } from '#core/action/action-definition.ts';
import { UNDO_POSSIBLE } from '#core/action/told-undo.ts';
import { baseName } from '#core/fs/native-path.ts';
import type { ActionPreview } from '#shared/contract/action.ts';
import type { ChangeSurroundings } from '../file-task/change-surroundings.ts';
import { FileIdentity } from '../file-task/file-identity.ts';
import type { TaskChange } from '../file-task/file-task.ts';
import { toOutcome, toOwnChanges, toPreview } from '../file-task/told-changes.ts';
import type { RenameItem } from './rename-plan.ts';
import type { RenameBackItem, WantedNames } from './rename-task.ts';

const RenameFacts = z.object({ items: z.array(z.object({ from: z.string(), to: z.string(), identity: FileIdentity })) });

/** New names for files and folders where they are: all of them, or none. */
export function createRenameAction(surroundings: ChangeSurroundings): ActionDefinition<'file.rename'> {
  const { addresses } = surroundings;
  const renamer = new Renamer(surroundings);
  const itemsOf = (items: readonly { path: string; name: string }[]) =>
    items.map(({ path, name }): RenameItem => ({ path: addresses.toPath(path), name }));
  return {
    type: 'file.rename',
    preview: async ({ items }, signal) => renamer.preview({ items: itemsOf(items) }, signal),
    execute: async ({ items }, { id }) => renamer.rename({ items: itemsOf(items) }, id),
    previewUndo: (facts, signal) => renamer.previewUndo(facts, signal),
    undo: (facts, { id }) => renamer.undo(facts, id),
  };
}

/** Renames, and takes renames back. */
export class Renamer {
  readonly #surroundings: ChangeSurroundings;

  constructor(surroundings: ChangeSurroundings) {
    this.#surroundings = surroundings;
  }

  async preview(wanted: WantedNames, signal: AbortSignal): Promise<ActionPreview> {
    const { tasks, addresses, kept, mounts } = this.#surroundings;
    const input = { wanted, kept: kept(), mounts: mounts(), isRehearsal: true, journalPath: '' };
    return toPreview(await tasks.run('rename', input, { signal }), addresses, UNDO_POSSIBLE);
  }

  /** @throws MooringError why one cannot be renamed: nothing has changed then */
  async rename(wanted: WantedNames, actionId: string): Promise<ActionOutcome> {
    const { tasks, kept, mounts } = this.#surroundings;
    const input = { wanted, kept: kept(), mounts: mounts(), isRehearsal: false, journalPath: this.#journalPath(actionId) };
    const { changes } = await tasks.run('rename', input);
    return this.#done(changes);
  }

  async previewUndo(facts: Record<string, unknown>, signal: AbortSignal): Promise<ActionPreview> {
    const { tasks, addresses } = this.#surroundings;
    const input = { items: this.#read(facts), isRehearsal: true, journalPath: '' };
    return toPreview(await tasks.run('rename-back', input, { signal }), addresses, UNDO_POSSIBLE);
  }

  /** @throws MooringError `UNDO_REFUSED` */
  async undo(facts: Record<string, unknown>, actionId: string): Promise<ActionOutcome> {
    const input = { items: this.#read(facts), isRehearsal: false, journalPath: this.#journalPath(actionId) };
    const { changes } = await this.#surroundings.tasks.run('rename-back', input);
    return this.#done(changes);
  }

  async #done(changes: TaskChange[]): Promise<ActionOutcome> {
    const { addresses, follow } = this.#surroundings;
    await follow.changed(toOwnChanges(changes));
    const items = changes.flatMap(({ from, to, identity }) =>
      from === null || to === null || identity === null ? [] : [{ from: addresses.of(from), to: addresses.of(to), identity }],
    );
    return { ...toOutcome(changes, addresses), undo: { facts: { items } } };
  }

  #read(facts: Record<string, unknown>): RenameBackItem[] {
    const { addresses } = this.#surroundings;
    return RenameFacts.parse(facts).items.map(({ from, to, identity }) => ({
      path: addresses.toPath(to),
      name: baseName(addresses.toPath(from)),
      identity,
    }));
  }

  #journalPath(actionId: string): string {
    return path.join(this.#surroundings.dataDir, 'renames', `${actionId}.journal`);
  }
}
