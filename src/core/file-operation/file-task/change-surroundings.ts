import type { NativePath } from '#core/fs/native-path.ts';
import type { IndexFollow } from '../index-follow/index-follow.ts';
import type { FileAddresses } from './file-addresses.ts';
import type { FileTasks } from './file-tasks.ts';
import type { NamingMount } from './fitting-names.ts';

/** What the actions that change single files and folders work with. */
export interface ChangeSurroundings {
  tasks: FileTasks;
  addresses: FileAddresses;
  follow: IndexFollow;
  /** Real folders in which Mooring itself works: the data folder, and those of open libraries. */
  kept(): NativePath[];
  /** Longest path first. */
  mounts(): NamingMount[];
  dataDir: string;
}
