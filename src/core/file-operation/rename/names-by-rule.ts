import { toFsError } from '#core/fs/fs-error.ts';
import { baseName, displayName, type NativePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { MooringError } from '#shared/contract/error.ts';
import type { RenameRule } from '#shared/contract/file.ts';
import { factsOf } from '../file-facts.ts';
import { readRule } from './apply-rule.ts';
import type { RenameItem, RenamePlan } from './rename-plan.ts';

/** New names made by a rule, and what it makes none of. An expression may take for ever: not for the engine's thread. @throws as `readRule` */
export function namesByRule(
  paths: readonly NativePath[],
  rule: RenameRule,
  step: () => void,
): { items: RenameItem[]; obstacles: RenamePlan['obstacles'] } {
  const make = readRule(rule);
  const obstacles: RenamePlan['obstacles'] = [];
  const items = paths.flatMap((path, index) => {
    step();
    const own = baseName(path);
    try {
      const facts = factsOf(path);
      const shown = displayName(own);
      const name = make({ name: shown, isFolder: facts.isDirectory(), modifiedMs: Number(facts.mtimeMs) }, index);
      if (name === shown) return [{ path, name: own }];
      if (typeof own !== 'string') throw notUnicode(shown);
      return [{ path, name }];
    } catch (error) {
      obstacles.push({ item: { path, name: own }, error: toFsError(error, path) });
      return [];
    }
  });
  return { items, obstacles };
}

function notUnicode(shown: string): MooringError {
  return reasonError('INVALID_INPUT', 'name-not-unicode', { path: shown });
}
