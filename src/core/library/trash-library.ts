import { FileTasks } from '../file-operation/file-task/file-tasks.ts';

/**
 * Moves a library's folder to the system's trash.
 * @throws MooringError `NO_TRASH` where there is none for that place, and what the file system says; the folder is then where it was
 */
export async function moveToTrash(folder: string): Promise<void> {
  const tasks = new FileTasks();
  try {
    await tasks.run('trash', { request: { paths: [folder], kept: [] }, isRehearsal: false });
  } finally {
    tasks.close();
  }
}
