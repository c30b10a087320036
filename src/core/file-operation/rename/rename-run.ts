import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import { toFsError } from '#core/fs/fs-error.ts';
import { joinPath, type NativePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { MooringError } from '#shared/contract/error.ts';
import { RealFolders } from '../file-task/real-folders.ts';
import { moveWithoutReplacing } from './move-without-replacing.ts';
import type { PlannedRename } from './rename-plan.ts';

/** One rename, as it is carried out. */
interface Step {
  rename: PlannedRename;
  folder: NativePath;
  from: NativePath;
  to: NativePath;
}

/**
 * Carries out a batch, whatever depends on what: a name is taken when who has it has left, and a circle is opened by a name for the
 * meantime. All or nothing: what was done is taken back when one fails.
 *
 * @param beforeTemporary is told where something will have which name for the meantime, before it does
 * @throws MooringError why one could not be renamed; nothing has changed then
 */
export function runRenames(
  renames: readonly PlannedRename[],
  step: () => void,
  beforeTemporary: (step: { folder: NativePath; temporary: NativePath; to: NativePath }) => void,
): void {
  const done: Step[] = [];
  try {
    for (const one of stepsOf(renames)) {
      step();
      if (one.to !== one.rename.to) beforeTemporary({ folder: one.folder, temporary: one.to, to: one.rename.to });
      carryOut(one);
      done.push(one);
    }
  } catch (error) {
    const failed = toFsError(error, done.length > 0 ? joinPath(done.at(-1)?.folder ?? '', '') : '');
    takeBack(done, failed);
    throw failed;
  }
}

/** In an order in which each name is free when it is taken. */
function* stepsOf(renames: readonly PlannedRename[]): Generator<Step> {
  const left = new Set(renames);
  const names = new Map<PlannedRename, NativePath>();
  for (const first of renames) {
    if (!left.has(first)) continue;
    const chain: PlannedRename[] = [];
    const inChain = new Set<PlannedRename>();
    for (let one: PlannedRename | null = first; one && left.has(one); one = one.after) {
      if (inChain.has(one)) {
        const temporary = `.mooring-${randomUUID()}.rename`;
        yield { rename: one, folder: one.folder, from: one.from, to: temporary };
        names.set(one, temporary);
        break;
      }
      inChain.add(one);
      chain.push(one);
    }
    for (const one of chain.reverse()) {
      yield { rename: one, folder: one.folder, from: names.get(one) ?? one.from, to: one.to };
      left.delete(one);
    }
  }
}

function carryOut({ rename, folder, from, to }: Step): void {
  const source = joinPath(folder, from);
  const target = joinPath(folder, to);
  try {
    if (rename.isRespelling) respell({ rename, folder, from, to });
    else moveWithoutReplacing(source, target, rename.facts);
  } catch (error) {
    throw toFsError(error, source);
  }
}

/** Some file systems take a name that differs in case for the same, and do nothing: then by way of another name. */
function respell({ rename: { facts }, folder, from, to }: Step): void {
  const source = joinPath(folder, from);
  const target = joinPath(folder, to);
  renameSync(source, target);
  if (new RealFolders().lists(folder, to)) return;
  const temporary = joinPath(folder, `.mooring-${randomUUID()}.rename`);
  moveWithoutReplacing(source, temporary, facts);
  try {
    moveWithoutReplacing(temporary, target, facts);
  } catch (error) {
    renameSync(temporary, source);
    throw error;
  }
}

function takeBack(done: readonly Step[], because: MooringError): void {
  for (const { folder, from, to, rename } of done.toReversed()) {
    try {
      carryOut({ rename, folder, from: to, to: from });
    } catch (error) {
      const { message } = toFsError(error, joinPath(folder, to));
      const whole = `${because.message} Not all of what was renamed before could be taken back: ${message}`;
      throw reasonError(because.code, 'renamed-in-part', {}, { message: whole, cause: because });
    }
  }
}
