import { z } from 'zod';
import type { ActionDefinition, ActionOutcome } from '#core/action/action-definition.ts';
import { UNDO_POSSIBLE } from '#core/action/told-undo.ts';
import { reason } from '#shared/contract/reason.ts';
import type { ChangeSurroundings } from '../file-task/change-surroundings.ts';
import { FileIdentity } from '../file-task/file-identity.ts';
import type { TaskChange } from '../file-task/file-task.ts';
import { toOutcome, toOwnChanges, toPreview } from '../file-task/told-changes.ts';
import type { ThrownAway } from './take-out.ts';

const TrashFacts = z.object({ items: z.array(z.object({ from: z.string(), to: z.string(), identity: FileIdentity })) });

/** Moves files and folders to the trash of their volume: all of them, or none. */
export function createTrashAction({ tasks, addresses, follow, kept }: ChangeSurroundings): ActionDefinition<'file.trash'> {
  const requestOf = (sources: readonly string[]) => ({ paths: sources.map((source) => addresses.toPath(source)), kept: kept() });
  const read = (facts: Record<string, unknown>) =>
    TrashFacts.parse(facts).items.map(
      ({ from, to, identity }): ThrownAway => ({ path: addresses.toPath(to), originalPath: addresses.toPath(from), identity }),
    );
  return {
    type: 'file.trash',
    preview: async ({ sources }, signal) =>
      toPreview(await tasks.run('trash', { request: requestOf(sources), isRehearsal: true }, { signal }), addresses, UNDO_POSSIBLE),
    execute: async ({ sources }) => {
      const { changes } = await tasks.run('trash', { request: requestOf(sources), isRehearsal: false });
      await follow.changed(toOwnChanges(changes));
      const items = changes.map(({ from, to, identity }) => ({ from: addresses.of(from ?? ''), to: addresses.of(to ?? ''), identity }));
      return { ...toOutcome(changes, addresses), undo: { facts: { items } } };
    },
    previewUndo: async (facts, signal) =>
      toPreview(await tasks.run('trash-back', { items: read(facts), isRehearsal: true }, { signal }), addresses, UNDO_POSSIBLE),
    undo: async (facts) => {
      const { changes } = await tasks.run('trash-back', { items: read(facts), isRehearsal: false });
      await follow.changed(toOwnChanges(changes));
      return { ...toOutcome(changes, addresses), undo: { reason: reason('was-undone', {}) } };
    },
  };
}

const RestoreFacts = z.object({
  items: z.array(z.object({ path: z.string(), identity: FileIdentity })),
  /** Outermost first. */
  madeFolders: z.array(z.string()),
});

/** Moves things from the trash to where they were, never over something. */
export function createRestoreAction({ tasks, addresses, follow }: ChangeSurroundings): ActionDefinition<'file.restore'> {
  const pathsOf = (items: readonly string[]) => items.map((item) => addresses.toPath(item));
  const read = (facts: Record<string, unknown>) => {
    const { items, madeFolders } = RestoreFacts.parse(facts);
    return {
      items: items.map(({ path, identity }) => ({ path: addresses.toPath(path), identity })),
      madeFolders: madeFolders.map((folder) => addresses.toPath(folder)),
    };
  };
  const done = async (changes: TaskChange[]): Promise<ActionOutcome> => {
    await follow.changed(toOwnChanges(changes));
    const arrived = changes.flatMap(({ from, to, identity }) =>
      to === null || identity === null ? [] : [{ isMade: from === null, path: addresses.of(to), identity }],
    );
    const items = arrived.filter(({ isMade }) => !isMade).map(({ path, identity }) => ({ path, identity }));
    const madeFolders = arrived.filter(({ isMade }) => isMade).map(({ path }) => path);
    return { ...toOutcome(changes, addresses), undo: { facts: { items, madeFolders } } };
  };
  return {
    type: 'file.restore',
    preview: async ({ items }, signal) =>
      toPreview(await tasks.run('restore', { paths: pathsOf(items), isRehearsal: true }, { signal }), addresses, UNDO_POSSIBLE),
    execute: async ({ items }) => {
      const { changes } = await tasks.run('restore', { paths: pathsOf(items), isRehearsal: false });
      return done(changes);
    },
    previewUndo: async (facts, signal) =>
      toPreview(await tasks.run('restore-back', { ...read(facts), isRehearsal: true }, { signal }), addresses, UNDO_POSSIBLE),
    undo: async (facts) => {
      const { changes } = await tasks.run('restore-back', { ...read(facts), isRehearsal: false });
      await follow.changed(toOwnChanges(changes));
      return { ...toOutcome(changes, addresses), undo: { reason: reason('was-undone', {}) } };
    },
  };
}
