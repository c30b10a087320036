import type { Actions } from '#core/action/actions.ts';
import type { Addresses } from '#core/entry/entry-address.ts';
import type { EventBus } from '#core/events/event-bus.ts';
import type { NativePath } from '#core/fs/native-path.ts';
import type { Jobs } from '#core/job/jobs.ts';
import type { Logger } from '#core/log/logger.ts';
import type { Volumes } from '#core/volume/volumes.ts';
import type { Device } from '#shared/contract/system.ts';
import { createFileAction, createFolderAction, createLinkAction } from './create/create-action.ts';
import { createDeleteAction } from './delete/delete-action.ts';
import { FileAddresses } from './file-task/file-addresses.ts';
import { FileTasks } from './file-task/file-tasks.ts';
import { namingMounts } from './file-task/fitting-names.ts';
import type { IndexFollow } from './index-follow/index-follow.ts';
import { createRenameAction } from './rename/rename-action.ts';
import { createRenameManyAction } from './rename/rename-many-action.ts';
import { UnfinishedRenames } from './rename/unfinished-renames.ts';
import { createRestoreAction, createTrashAction } from './trash/trash-action.ts';
import { TrashBin } from './trash/trash-bin.ts';

export interface FileChangesOptions {
  actions: Actions;
  jobs: Jobs;
  addresses: Addresses;
  device: Pick<Device, 'id'>;
  volumes: Volumes;
  events: EventBus;
  follow: IndexFollow;
  /** Real folders in which Mooring itself works. */
  kept: () => NativePath[];
  dataDir: string;
  log: Logger;
}

/** What changes single files and folders: new names, new things, the trash, deleting. */
export interface FileChanges {
  trash: TrashBin;
  /** Is told of what was done. */
  follow: IndexFollow;
  /** Resolves when what killed batches of renames have left has its names, as far as volumes are there. */
  settled(): Promise<void>;
  close(): void;
}

/** Makes the parts and makes their actions known; decides nothing. Before jobs and actions start. */
export function startFileChanges({
  actions,
  jobs,
  device,
  volumes,
  events,
  follow,
  kept,
  dataDir,
  log,
  ...options
}: FileChangesOptions): FileChanges {
  const addresses = new FileAddresses(options.addresses, device.id);
  const tasks = new FileTasks();
  const surroundings = { tasks, addresses, follow, kept, mounts: () => namingMounts(volumes.live), dataDir };
  actions.register(createRenameAction(surroundings));
  actions.register(createRenameManyAction(surroundings));
  actions.register(createFolderAction(surroundings));
  actions.register(createFileAction(surroundings));
  actions.register(createLinkAction(surroundings));
  actions.register(createTrashAction(surroundings));
  actions.register(createRestoreAction(surroundings));
  actions.register(createDeleteAction(surroundings, jobs, volumes));
  const unfinished = new UnfinishedRenames({ tasks, follow, events, dataDir, log: log.child({ component: 'file-operation' }) });
  return {
    trash: new TrashBin({ tasks, addresses, volumes }),
    follow,
    settled: () => unfinished.settled,
    close: () => {
      unfinished.close();
      tasks.close();
    },
  };
}
