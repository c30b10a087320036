import type { ContractRouterClient } from '@orpc/contract';
import { actionsContract } from './action.ts';
import { configContract } from './config.ts';
import { entriesContract } from './entry.ts';
import { eventsContract } from './event.ts';
import { filesContract } from './file.ts';
import { indexingContract } from './indexing.ts';
import { jobsContract } from './job.ts';
import { librariesContract } from './library.ts';
import { locationsContract } from './location.ts';
import { searchContract } from './search.ts';
import { systemContract } from './system.ts';
import { volumesContract } from './volume.ts';

/** Everything a client can ask of the engine, the same over MessagePort, WebSocket, Unix socket and REST. */
export const contract = {
  system: systemContract,
  config: configContract,
  libraries: librariesContract,
  volumes: volumesContract,
  locations: locationsContract,
  indexing: indexingContract,
  entries: entriesContract,
  files: filesContract,
  actions: actionsContract,
  jobs: jobsContract,
  search: searchContract,
  events: eventsContract,
};

/** A typed client of the engine, whatever the transport. */
export type EngineClient = ContractRouterClient<typeof contract>;
