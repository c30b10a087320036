import { factsIfExists } from '../file-facts.ts';
import { kindOf } from '../file-task/file-identity.ts';
import type { TrashListing } from '../file-task/file-task.ts';
import { pathKey } from '../file-task/real-folders.ts';
import type { TaskControl } from '../file-task/task-control.ts';
import type { TrashSystem } from './trash-folder.ts';

/** What lies in the trash of this user, on the home's file system and on volumes at these places. What cannot be read is left out. */
export function listTrash(mountPoints: readonly string[], system: TrashSystem, control: TaskControl): TrashListing[] {
  const listed = new Map<string, TrashListing>();
  for (const folder of system.present(mountPoints)) {
    for (const { path, originalPath, trashedAt } of folder.list()) {
      control.step();
      const facts = factsIfExists(path);
      if (!facts) continue;
      const sizeBytes = facts.isDirectory() ? null : Number(facts.size);
      listed.set(pathKey(path), { path, originalPath, trashedMs: trashedAt?.getTime() ?? null, kind: kindOf(facts), sizeBytes });
    }
  }
  return [...listed.values()];
}
