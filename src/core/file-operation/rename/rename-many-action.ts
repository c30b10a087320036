import type { ActionDefinition } from '#core/action/action-definition.ts';
import type { ChangeSurroundings } from '../file-task/change-surroundings.ts';
import { Renamer } from './rename-action.ts';

/** New names made by a rule, in the order given: all of them, or none. */
export function createRenameManyAction(surroundings: ChangeSurroundings): ActionDefinition<'file.rename-many'> {
  const { addresses } = surroundings;
  const renamer = new Renamer(surroundings);
  const pathsOf = (sources: readonly string[]) => sources.map((source) => addresses.toPath(source));
  return {
    type: 'file.rename-many',
    preview: async ({ sources, rule }, signal) => renamer.preview({ paths: pathsOf(sources), rule }, signal),
    execute: async ({ sources, rule }, { id }) => renamer.rename({ paths: pathsOf(sources), rule }, id),
    previewUndo: (facts, signal) => renamer.previewUndo(facts, signal),
    undo: (facts, { id }) => renamer.undo(facts, id),
  };
}
